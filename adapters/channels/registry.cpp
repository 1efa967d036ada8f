#include "adapters/channels/registry.hpp"

#include <algorithm>

#include "adapters/channels/bluesky/bluesky.hpp"
#include "adapters/channels/email/email.hpp"
#include "adapters/channels/facebook/facebook.hpp"
#include "adapters/channels/import/import.hpp"
#include "adapters/channels/instagram/instagram.hpp"
#include "adapters/channels/mastodon/mastodon.hpp"
#include "adapters/channels/rss/rss.hpp"
#include "adapters/channels/slack/slack.hpp"
#include "adapters/channels/survey/survey.hpp"
#include "adapters/channels/telegram/telegram.hpp"
#include "adapters/channels/twilio/twilio.hpp"
#include "adapters/channels/webhook/webhook.hpp"
#include "adapters/channels/whatsapp/whatsapp.hpp"
#include "adapters/channels/x/x.hpp"

namespace echoflow::channels {

namespace {

struct Network {
  std::string_view name;
  Maker make;
};

std::span<const Network> networks() {
  static const Network table[] = {
      {"bluesky", make_bluesky},     {"email", make_email},       {"facebook", make_facebook}, {"import", make_import},
      {"instagram", make_instagram}, {"mastodon", make_mastodon}, {"rss", make_rss},           {"slack", make_slack},
      {"sms", make_twilio},          {"survey", make_survey},     {"telegram", make_telegram}, {"voice", make_twilio},
      {"webform", make_survey},      {"webhook", make_webhook},   {"whatsapp", make_whatsapp}, {"x", make_x},
  };
  return table;
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

Result<ChannelPtr> open_one(const Config& config, const World& world) {
  if (!is_name(config.name))
    return fail("A channel's name has lower-case letters, digits, '-' and '_', not '" + config.name + "'.");
  for (const auto& network : networks()) {
    if (network.name != config.network) continue;
    Settings settings(config);
    auto channel = network.make(config, settings, world);
    if (auto problem = settings.problem(); !problem.empty()) return fail(std::move(problem));
    return channel;
  }
  std::string known;
  for (auto name : network_names()) (known += known.empty() ? "" : ", ") += name;
  return fail("The channel '" + config.name + "' is for the network '" + config.network + "', which is none of " +
              known + ".");
}

}  // namespace

Result<Channels> Channels::open(const std::vector<Config>& configs, const World& world) {
  Channels channels;
  for (const auto& config : configs) {
    if (channels.find(config.name)) return fail("The channel '" + config.name + "' is configured twice.");
    auto channel = open_one(config, world);
    if (!channel) return fail(channel.error());
    channels.channels_.push_back(std::move(channel).value());
  }
  std::sort(channels.channels_.begin(), channels.channels_.end(),
            [](const auto& a, const auto& b) { return a->name() < b->name(); });
  return channels;
}

Channel* Channels::find(std::string_view name) const {
  auto it =
      std::find_if(channels_.begin(), channels_.end(), [&](const auto& channel) { return channel->name() == name; });
  return it == channels_.end() ? nullptr : it->get();
}

ChannelPtr Channels::take(std::string_view name) {
  for (auto it = channels_.begin(); it != channels_.end(); ++it) {
    if ((*it)->name() != name) continue;
    ChannelPtr taken = std::move(*it);
    channels_.erase(it);
    return taken;
  }
  return nullptr;
}

std::vector<std::string_view> network_names() {
  std::vector<std::string_view> names;
  for (const auto& network : networks()) names.push_back(network.name);
  return names;
}

}  // namespace echoflow::channels

#include "adapters/channels/registry.hpp"
#include "adapters/rest/api.hpp"

namespace echoflow::rest::channel_views {

namespace {

void write_window(json::Writer& writer, std::string_view name, const std::optional<std::chrono::seconds>& window) {
  if (window) writer.member(name, static_cast<std::int64_t>(window->count()));
}

void write_rules(json::Writer& writer, const channels::Rules& rules) {
  writer.key("rules").begin_object();
  writer.member("maxPublic", std::int64_t{rules.max_public}).member("maxPrivate", std::int64_t{rules.max_private});
  writer.member("counting", channels::to_string(rules.counting));
  writer.member("publicPosts", rules.public_posts).member("firstWord", rules.first_word);
  write_window(writer, "publicWindowSeconds", rules.public_window);
  write_window(writer, "privateWindowSeconds", rules.private_window);
  write_window(writer, "templateWindowSeconds", rules.template_window);
  write_window(writer, "noPromotionAfterSeconds", rules.no_promotion_after);
  writer.member("privateReplies", std::int64_t{rules.private_replies}).end_object();
}

void write_counters(json::Writer& writer, const channels::Counters& counters) {
  const std::pair<std::string_view, const std::atomic<std::uint64_t>&> all[] = {
      {"received", counters.received},          {"refusedSignature", counters.refused_signature},
      {"refusedStale", counters.refused_stale}, {"refusedMalformed", counters.refused_malformed},
      {"refusedOther", counters.refused_other}, {"sent", counters.sent},
      {"sendRefused", counters.send_refused},   {"sendLater", counters.send_later},
      {"pullProblems", counters.pull_problems}};
  writer.key("counters").begin_object();
  for (const auto& [name, value] : all) writer.member(name, static_cast<std::int64_t>(value.load()));
  writer.end_object();
}

void write_channel(json::Writer& writer, const channels::Channel& channel) {
  writer.begin_object().member("name", channel.name()).member("network", channel.network());
  writer.member("pulls", channel.pulls());
  write_rules(writer, channel.rules());
  write_counters(writer, channel.counters());
  writer.end_object();
}

}  // namespace

http::Response list(Api& api, const Call&) {
  json::Writer writer;
  writer.begin_object().key("items").begin_array();
  if (api.options().channels)
    for (const auto& channel : api.options().channels->all()) write_channel(writer, *channel);
  writer.end_array().end_object();
  return json_response(200, writer);
}

http::Response get(Api& api, const Call& call) {
  const auto* channel = api.options().channels ? api.options().channels->find(call.parameters[0]) : nullptr;
  if (!channel) return not_found("There is no channel '" + call.parameters[0].substr(0, 64) + "'.");
  json::Writer writer;
  write_channel(writer, *channel);
  return json_response(200, writer);
}

}  // namespace echoflow::rest::channel_views

#include "adapters/channels/channel.hpp"

namespace echoflow::channels {

namespace {

using std::chrono::seconds;

std::string hours_text(seconds window) {
  if (window.count() % 86'400 == 0) return std::to_string(window.count() / 86'400) + " days";
  if (window.count() % 3'600 == 0) return std::to_string(window.count() / 3'600) + " hours";
  return std::to_string(window.count()) + " seconds";
}

bool has_passed(const cx::Feedback& feedback, seconds window, TimePoint now) {
  const TimePoint said = feedback.published_at.value_or(feedback.received_at);
  return now.micros - said.micros > std::chrono::microseconds(window).count();
}

std::optional<Refused> check_length(const Outgoing& outgoing, const Rules& rules, bool is_private) {
  const auto most = is_private ? rules.max_private : rules.max_public;
  const auto length = length_of(outgoing.text, rules.counting);
  if (outgoing.text.empty() && outgoing.template_name.empty())
    return Refused{"length", "The text is empty; write what is to be said."};
  if (length <= most) return std::nullopt;
  return Refused{"length", "The text has " + std::to_string(length) + " characters; the network takes at most " +
                               std::to_string(most) + ". Shorten it."};
}

std::optional<Refused> check_kind(const Outgoing& outgoing, const Rules& rules) {
  if (outgoing.kind == OutgoingKind::reply && rules.max_public == 0)
    return Refused{"no-public", "This channel has no public replies; answer privately."};
  if (outgoing.kind == OutgoingKind::private_reply && rules.max_private == 0)
    return Refused{"no-private", "This channel has no private replies; answer publicly."};
  if (outgoing.kind != OutgoingKind::post && !outgoing.answers)
    return Refused{"recipient", "A reply needs the feedback that it answers."};
  if (outgoing.kind == OutgoingKind::post && outgoing.to.empty() && !rules.public_posts)
    return Refused{"no-post", "This channel has no posts to all; say to whom the text goes."};
  if (outgoing.kind == OutgoingKind::post && !outgoing.to.empty() && !rules.first_word)
    return Refused{"first-word", "On this channel a customer must have written first; reply to what he said."};
  return std::nullopt;
}

std::optional<Refused> check_windows(const Outgoing& outgoing, const Rules& rules, TimePoint now) {
  if (!outgoing.answers) return std::nullopt;
  const bool is_private = outgoing.kind == OutgoingKind::private_reply;
  const auto window = is_private ? rules.private_window : rules.public_window;
  if (window && has_passed(*outgoing.answers, *window, now))
    return Refused{"window", "The network takes such a reply only within " + hours_text(*window) +
                                 " after the customer's words; that time has passed."};
  if (rules.template_window && outgoing.template_name.empty() &&
      has_passed(*outgoing.answers, *rules.template_window, now))
    return Refused{"template", "More than " + hours_text(*rules.template_window) +
                                   " after the customer's words the network takes approved templates only; name one."};
  return std::nullopt;
}

std::optional<Refused> check(const Outgoing& outgoing, const Rules& rules, TimePoint now) {
  if (auto refused = check_kind(outgoing, rules)) return refused;
  const bool is_private =
      outgoing.kind == OutgoingKind::private_reply || (outgoing.kind == OutgoingKind::post && !outgoing.to.empty());
  if (auto refused = check_length(outgoing, rules, is_private)) return refused;
  return check_windows(outgoing, rules, now);
}

void count_refusal(Counters& counters, const Refusal& refusal) {
  if (refusal.code == "signature" || refusal.code == "token")
    ++counters.refused_signature;
  else if (refusal.code == "stale")
    ++counters.refused_stale;
  else if (refusal.code == "malformed")
    ++counters.refused_malformed;
  else
    ++counters.refused_other;
}

}  // namespace

Result<Received, Refusal> Channel::receive(const Webhook& webhook) {
  auto received = do_receive(webhook);
  if (!received)
    count_refusal(counters_, received.error());
  else
    counters_.received += received->feedback.size();
  return received;
}

SendResult Channel::send(const Outgoing& outgoing) {
  SendResult result = Refused{};
  if (auto refused = check(outgoing, rules_, now()))
    result = std::move(*refused);
  else
    result = do_send(outgoing);
  if (std::holds_alternative<Sent>(result))
    ++counters_.sent;
  else if (std::holds_alternative<Later>(result))
    ++counters_.send_later;
  else
    ++counters_.send_refused;
  return result;
}

Round Channel::pull(const std::stop_token&, Sink&) {
  return {std::chrono::hours(24), "The channel '" + name_ + "' is not pulled."};
}

Result<Received, Refusal> Channel::do_receive(const Webhook&) {
  return fail(Refusal{404, "unsupported", "The channel '" + name_ + "' takes no webhook calls."});
}

SendResult Channel::do_send(const Outgoing&) {
  return Refused{"no-post", "The channel '" + name_ + "' only listens."};
}

}  // namespace echoflow::channels

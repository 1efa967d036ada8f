#include "adapters/channels/facebook/messaging.hpp"

#include "adapters/channels/build.hpp"
#include "adapters/json/access.hpp"

namespace echoflow::channels::meta {

namespace {

constexpr std::int64_t day = 86'400'000'000;

bool older_than(const cx::Feedback& feedback, std::int64_t micros, TimePoint now) {
  return now.micros - feedback.published_at.value_or(feedback.received_at).micros > micros;
}

}  // namespace

std::optional<cx::Feedback> read_message(const json::Value& event, const std::string& own_id) {
  cx::Feedback feedback;
  feedback.external_id = json::text_at(event, "/message/mid");
  feedback.author.id = json::text_at(event, "/sender/id");
  feedback.text = json::text_at(event, "/message/text");
  if (feedback.external_id.empty() || feedback.author.id.empty() || feedback.author.id == own_id ||
      json::flag_at(event, "/message/is_echo"))
    return std::nullopt;
  feedback.kind = cx::FeedbackKind::direct_message;
  feedback.conversation = "dm:" + feedback.author.id;
  feedback.in_reply_to = json::text_at(event, "/message/reply_to/mid");
  feedback.published_at = from_unix_millis(json::integer_at(event, "/timestamp"));
  for (const auto& attachment : json::items_at(event, "/message/attachments"))
    feedback.attachments.push_back({"", json::text_at(attachment, "/type"), json::text_at(attachment, "/payload/url")});
  remember(feedback, "user_id", feedback.author.id);
  feedback.raw = json::to_text(event);
  return feedback;
}

std::variant<std::string, Refused> message_body(const Outgoing& outgoing, bool human_agent, TimePoint now) {
  const auto& answered = *outgoing.answers;
  const auto user = recall(answered, "user_id"), comment = recall(answered, "comment_id");
  if (user.empty() && comment.empty())
    return Refused{"recipient", "What is answered is neither a message nor a comment."};
  json::Writer writer;
  writer.begin_object().key("recipient").begin_object();
  if (user.empty())
    writer.member("comment_id", comment);
  else
    writer.member("id", user);
  writer.end_object().key("message").begin_object().member("text", outgoing.text).end_object();
  if (!user.empty() && older_than(answered, day, now)) {
    if (!human_agent)
      return Refused{"window",
                     "A message may be answered within 24 hours; the setting human_agent allows seven days "
                     "where Meta has granted that."};
    writer.member("messaging_type", "MESSAGE_TAG").member("tag", "HUMAN_AGENT");
  } else if (!user.empty()) {
    writer.member("messaging_type", "RESPONSE");
  }
  writer.end_object();
  return writer.take();
}

}  // namespace echoflow::channels::meta

#include <charconv>

#include "engine/cx/deliveries/delivery.hpp"
#include "engine/cx/feedback/element_writer.hpp"
#include "models/cx/namespaces.hpp"

/// What processes ask for and what they are answered: models/cx/schema/echoflow-cx.xsd.
namespace echoflow::deliveries {

namespace {

class Reader {
 public:
  explicit Reader(const xml::Document& document) : document_(document), root_(document.document_element()) {}

  bool is(std::string_view name) const {
    return root_ != xml::no_node && document_.namespace_uri(root_) == ns::cx && document_.local_name(root_) == name;
  }
  std::string text(std::string_view name) const {
    const auto child = document_.find_child(root_, ns::cx, name);
    return child == xml::no_node ? std::string() : document_.string_value(child);
  }

 private:
  const xml::Document& document_;
  const xml::NodeIndex root_;
};

}  // namespace

Result<Words> read_words(const Message& message) {
  if (message.parts.empty() || !message.parts[0]) return fail("the message is empty: send a cx:reply or a cx:post");
  const Reader reader(*message.parts[0]);
  Words words;
  words.is_reply = reader.is("reply");
  if (!words.is_reply && !reader.is("post")) return fail("the message must hold a cx:reply or a cx:post");
  words.text = reader.text("text");
  words.author = reader.text("author");
  words.approved_by = reader.text("approvedBy");
  if (words.text.empty()) return fail("cx:text is empty: there is nothing to say");
  if (!words.is_reply) {
    words.channel = reader.text("channel");
    words.to = reader.text("to");
    words.subject = reader.text("subject");
    if (words.channel.empty()) return fail("cx:channel is empty: say on which channel to post");
    return words;
  }
  const std::string id = reader.text("feedbackId");
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), words.feedback);
  if (error != std::errc() || end != id.data() + id.size() || words.feedback <= 0)
    return fail("cx:feedbackId '" + id.substr(0, 40) + "' is no id of a piece of feedback");
  const std::string visibility = reader.text("visibility");
  words.is_private = visibility == "private";
  if (!words.is_private && visibility != "public")
    return fail("cx:visibility must be public or private, not '" + visibility.substr(0, 40) + "'");
  return words;
}

Message receipt(const Outcome& outcome) {
  intake::ElementWriter writer("receipt");
  writer.add("externalId", outcome.external_id);
  writer.add_if("url", outcome.url);
  writer.add("sentAt", format_time_point(outcome.at));
  return writer.message("receiptMessage");
}

Fault refusal(const Outcome& outcome) {
  intake::ElementWriter writer("refusal");
  writer.add("rule", outcome.rule);
  writer.add("message", outcome.message);
  Message message = writer.message("refusalMessage");
  return {{std::string(ns::cx), outcome.by_policy ? "policyRefused" : "channelRefused"},
          message.message_type,
          message.parts,
          outcome.rule + ": " + outcome.message};
}

}  // namespace echoflow::deliveries

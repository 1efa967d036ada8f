#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/cx/feedback/codec.hpp"
#include "engine/cx/feedback/element_writer.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::intake {

namespace {

constexpr std::pair<cx::FeedbackKind, std::string_view> kinds[] = {
    {cx::FeedbackKind::post, "post"},
    {cx::FeedbackKind::comment, "comment"},
    {cx::FeedbackKind::direct_message, "directMessage"},
    {cx::FeedbackKind::mail, "mail"},
    {cx::FeedbackKind::chat, "chat"},
    {cx::FeedbackKind::sms, "sms"},
    {cx::FeedbackKind::call_transcript, "callTranscript"},
    {cx::FeedbackKind::review, "review"},
    {cx::FeedbackKind::survey_answer, "surveyAnswer"},
};

void add_author(ElementWriter& writer, const cx::Author& author) {
  auto element = writer.open("author");
  element.add("id", author.id);
  element.add_if("name", author.name);
  element.add_if("handle", author.handle);
  if (author.reach) element.add("reach", std::to_string(*author.reach));
}

void add_understanding(ElementWriter& writer, const cx::Understanding& understood) {
  writer.add("language", understood.language.empty() ? "und" : understood.language);
  const auto& sentiment = understood.sentiment;
  writer.add(
      "sentiment", decimal(sentiment.score),
      {{"polarity", std::string(cx::to_string(sentiment.polarity))}, {"confidence", decimal(sentiment.confidence)}});
  for (const auto& topic : understood.topics) writer.add("topic", topic.name, {{"score", decimal(topic.score)}});
  for (const auto& intent : understood.intents) writer.add("intent", intent.name, {{"score", decimal(intent.score)}});
  writer.add("urgency", cx::to_string(understood.urgency));
}

/// What XML Schema takes for an address: others may hold anything.
bool is_address(std::string_view text) {
  return !text.empty() && text.size() <= 2'048 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return c > ' ' && c < 0x7f &&
           std::string_view("<>\"{}|\\^`[]").find(static_cast<char>(c)) == std::string_view::npos;
  });
}

}  // namespace

std::string_view to_string(cx::FeedbackKind kind) {
  for (const auto& [each, name] : kinds)
    if (each == kind) return name;
  return "";
}

std::optional<cx::FeedbackKind> kind_from(std::string_view name) {
  for (const auto& [kind, each] : kinds)
    if (each == name) return kind;
  return std::nullopt;
}

std::string decimal(double value) {
  if (!std::isfinite(value)) return "0";
  std::string text = fmt::format("{:.6f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

/// The largest part of a text that an XML 1.0 document may hold.
std::string xml_text(std::string_view text) {
  std::string kept;
  kept.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') continue;
    // U+FFFE and U+FFFF are no characters.
    if (c == 0xef && i + 2 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0xbf &&
        static_cast<unsigned char>(text[i + 2]) >= 0xbe) {
      i += 2;
      continue;
    }
    kept += text[i];
  }
  return kept;
}

Message to_message(const cx::Feedback& said) {
  ElementWriter writer("feedback");
  writer.add("id", std::to_string(said.id));
  writer.add("externalId", said.external_id);
  writer.add("channel", said.channel);
  writer.add("network", said.network);
  writer.add("kind", to_string(said.kind));
  writer.add("conversationId", said.conversation);
  writer.add("customerId", said.customer);
  writer.add_if("caseId", said.case_id);
  writer.add_if("inReplyTo", said.in_reply_to);
  add_author(writer, said.author);
  writer.add_if("subject", said.subject);
  writer.add("text", said.text);
  add_understanding(writer, said.understanding);
  if (said.rating) writer.add("rating", decimal(*said.rating));
  writer.add_if("survey", said.survey);
  for (const std::string& link : said.links)
    if (is_address(link)) writer.add("link", link);
  for (const cx::Attachment& attachment : said.attachments) {
    auto element = writer.open("attachment");
    element.add_if("name", attachment.name);
    element.add_if("mediaType", attachment.media_type);
    if (is_address(attachment.url)) element.add("url", attachment.url);
  }
  if (said.published_at) writer.add("publishedAt", format_time_point(*said.published_at));
  writer.add("receivedAt", format_time_point(said.received_at));
  return writer.message("feedbackMessage");
}

Message to_message(const cx::Alert& alert) {
  ElementWriter writer("alert");
  writer.add("episode", std::to_string(alert.episode));
  writer.add("state", cx::to_string(alert.state));
  writer.add("kind", cx::to_string(alert.kind));
  writer.add("severity", cx::to_string(alert.severity));
  writer.add("topic", alert.key.topic);
  writer.add("channel", alert.key.channel);
  writer.add("polarity", cx::to_string(alert.key.sentiment));
  writer.add("startedAt", format_time_point(alert.started_at));
  writer.add("at", format_time_point(alert.at));
  writer.add("posts", std::to_string(alert.posts));
  writer.add("expected", decimal(alert.expected));
  for (const std::string& id : alert.evidence) writer.add("evidence", id);
  return writer.message("alertMessage");
}

ElementWriter::ElementWriter(std::string_view root) : document_(std::make_shared<xml::Document>()) {
  element_ = document_->append_element(xml::root_node, ns::cx, root, "cx");
  document_->declare_namespace(element_, "cx", ns::cx);
}

void ElementWriter::add(std::string_view name, std::string_view text, const Attributes& attributes) {
  const auto child = document_->append_element(element_, ns::cx, name, "cx");
  for (const auto& [attribute, value] : attributes) document_->set_attribute(child, {}, attribute, value);
  document_->append_text(child, xml_text(text));
}

ElementWriter ElementWriter::open(std::string_view name) {
  ElementWriter inner(*this);
  inner.element_ = document_->append_element(element_, ns::cx, name, "cx");
  return inner;
}

Message ElementWriter::message(std::string_view type) const {
  return {{std::string(ns::cx), std::string(type)}, {document_}, {}, {}, {}};
}

}  // namespace echoflow::intake

#include <algorithm>
#include <charconv>

#include "adapters/cx/feedback/ingest.hpp"
#include "adapters/rest/api.hpp"
#include "adapters/rest/json_fields.hpp"
#include "engine/cx/feedback/codec.hpp"

/// Feedback that somebody brings: bulk tools, forms, other systems.
namespace echoflow::rest::voice {

namespace {

std::optional<double> number_of(const json::Value* value) {
  if (!value || value->kind != json::Kind::number) return std::nullopt;
  double number = 0;
  const auto& text = value->text;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

struct Problem {
  std::optional<json::ReadError> error;
  void keep(const json::Fields& fields) {
    if (!error && fields.error()) error = fields.error();
  }
};

void read_author(const json::Value* value, const std::string& pointer, cx::Author& author, Problem& problem) {
  if (!value) return;
  json::Fields fields(*value, pointer + "/author");
  author.id = fields.string("id").value_or("");
  author.name = fields.string("name").value_or("");
  author.handle = fields.string("handle").value_or("");
  if (const auto reach = fields.integer("reach", 0, INT64_MAX)) author.reach = static_cast<std::uint64_t>(*reach);
  fields.finish();
  problem.keep(fields);
}

void read_links(json::Fields& fields, std::vector<std::string>& links) {
  const auto* value = fields.any("links");
  if (!value) return;
  const bool texts =
      value->kind == json::Kind::array && std::all_of(value->items.begin(), value->items.end(),
                                                      [](const auto& item) { return item.kind == json::Kind::string; });
  if (!texts) return fields.refuse("links", "\"links\" must be a list of texts.");
  for (const auto& item : value->items) links.push_back(item.text);
}

void read_attachments(json::Fields& fields, const std::string& pointer, std::vector<cx::Attachment>& attachments,
                      Problem& problem) {
  const auto* value = fields.any("attachments");
  if (!value) return;
  if (value->kind != json::Kind::array) return fields.refuse("attachments", "\"attachments\" must be a list.");
  for (std::size_t i = 0; i < value->items.size(); ++i) {
    json::Fields inner(value->items[i], pointer + "/attachments/" + std::to_string(i));
    attachments.push_back(
        {inner.string("name").value_or(""), inner.string("mediaType").value_or(""), inner.string("url").value_or("")});
    inner.finish();
    problem.keep(inner);
  }
}

cx::Feedback read_item(const json::Value& value, const std::string& pointer, Problem& problem) {
  json::Fields fields(value, pointer);
  cx::Feedback said;
  said.channel = fields.required_string("channel");
  said.external_id = fields.required_string("externalId");
  said.text = fields.string("text").value_or("");
  said.network = fields.string("network").value_or("import");
  if (const auto name = fields.string("kind")) {
    const auto kind = intake::kind_from(*name);
    if (!kind) fields.refuse("kind", "\"kind\" must be a kind of the schema FeedbackItem.");
    said.kind = kind.value_or(cx::FeedbackKind::post);
  }
  said.conversation = fields.string("conversationId").value_or("");
  said.customer = fields.string("customerId").value_or("");
  said.case_id = fields.string("caseId").value_or("");
  said.in_reply_to = fields.string("inReplyTo").value_or("");
  said.subject = fields.string("subject").value_or("");
  said.understanding.language = fields.string("language").value_or("");
  said.survey = fields.string("survey").value_or("");
  if (const auto* rating = fields.any("rating")) {
    said.rating = number_of(rating);
    if (!said.rating) fields.refuse("rating", "\"rating\" must be a number.");
  }
  if (const auto at = fields.string("publishedAt")) {
    const auto parsed = parse_deadline(*at);
    if (parsed) said.published_at = *parsed;
    if (!parsed) fields.refuse("publishedAt", "\"publishedAt\" must be a date and time of RFC 3339.");
  }
  read_author(fields.object("author"), pointer, said.author, problem);
  read_links(fields, said.links);
  read_attachments(fields, pointer, said.attachments, problem);
  fields.finish();
  problem.keep(fields);
  return said;
}

}  // namespace

http::Response create(Api& api, const Call& call) {
  if (!api.options().ingest)
    return respond({503, "no-feedback", "This server takes in no feedback: start it with the feedback service."});
  auto value = body_of(call);
  if (!value) return value.error();
  json::Fields fields(*value);
  const auto* items = fields.any("items");
  if (!items || items->kind != json::Kind::array) fields.refuse("items", "\"items\" must be a list of feedback.");
  fields.finish();
  if (fields.error()) return bad_request(*fields.error());
  std::vector<cx::Feedback> feedback;
  Problem problem;
  for (std::size_t i = 0; i < items->items.size() && !problem.error; ++i)
    feedback.push_back(read_item(items->items[i], "/items/" + std::to_string(i), problem));
  if (problem.error) return bad_request(*problem.error);
  auto taken = api.options().ingest->take(std::move(feedback));
  if (!taken) return respond(taken.error());
  json::Writer writer;
  writer.begin_object().key("items").begin_array();
  for (const auto& each : *taken)
    writer.begin_object().member("id", std::to_string(each.id)).member("known", each.known).end_object();
  writer.end_array().end_object();
  return json_response(202, writer);
}

}  // namespace echoflow::rest::voice

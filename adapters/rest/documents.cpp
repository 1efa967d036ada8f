#include <algorithm>

#include "adapters/documents/control/register.hpp"
#include "adapters/rest/api.hpp"
#include "adapters/rest/json_fields.hpp"
#include "adapters/rest/who.hpp"

namespace echoflow::rest {

namespace {

using documents::DocumentRecord;
using documents::DocumentRefusal;
using documents::VersionRecord;

constexpr std::size_t most_text = 4'000, most_items = 500;

http::Response no_register() {
  return not_found("This server controls no documents.");
}

http::Response refused(const DocumentRefusal& refusal) {
  switch (refusal.kind) {
    case DocumentRefusal::Kind::conflict:
      return respond({409, "document-conflict", refusal.message});
    case DocumentRefusal::Kind::forbidden:
      return respond({403, "four-eyes", refusal.message});
    case DocumentRefusal::Kind::invalid:
      return bad_request(refusal.message);
  }
  return bad_request(refusal.message);
}

void time(json::Writer& writer, std::string_view name, TimePoint at) {
  if (at.micros != 0) writer.member(name, format_time_point(at));
}

void text(json::Writer& writer, std::string_view name, const std::string& value) {
  if (!value.empty()) writer.member(name, value);
}

void write_signature(json::Writer& writer, const documents::SignatureRecord& signature) {
  writer.begin_object().member("act", documents::to_string(signature.act)).member("who", signature.who);
  writer.member("at", format_time_point(signature.at)).member("meaning", signature.meaning);
  writer.member("sha256", signature.hash).end_object();
}

void write_version(json::Writer& writer, const DocumentRecord& document, const VersionRecord& version) {
  const auto& p = version.particulars;
  writer.begin_object().member("version", std::int64_t{version.number});
  writer.member("status", documents::to_string(version.status)).member("processId", std::to_string(version.process));
  writer.member("processVersion", std::int64_t{version.process_version}).member("sourceSha256", version.source_sha256);
  writer.member("sha256", documents::content_hash(document, version));
  text(writer, "author", version.author);
  text(writer, "change", version.change);
  text(writer, "title", p.title);
  text(writer, "owner", p.owner);
  text(writer, "reviewer", p.reviewer);
  text(writer, "approver", p.approver);
  text(writer, "effectiveFrom", version.effective_from);
  text(writer, "nextReview", version.next_review);
  time(writer, "begunAt", version.begun);
  time(writer, "releasedAt", version.released);
  time(writer, "withdrawnAt", version.withdrawn);
  writer.key("signatures").begin_array();
  for (const auto& signature : version.signatures) write_signature(writer, signature);
  writer.end_array().key("files").begin_array();
  for (const auto& content : version.contents) {
    writer.begin_object().member("format", content.format).member("language", content.language);
    writer.member("sha256", content.sha256).member("bytes", static_cast<std::int64_t>(content.bytes)).end_object();
  }
  writer.end_array().end_object();
}

void write_document(json::Writer& writer, const DocumentRecord& document) {
  writer.begin_object().member("number", document.number).member("processKey", document.process_key);
  text(writer, "title", document.newest().particulars.title);
  writer.member("status", documents::to_string(document.newest().status));
  if (const auto* released = document.released_version()) {
    writer.member("releasedVersion", std::int64_t{released->number});
    text(writer, "nextReview", released->next_review);
  }
  writer.member("streamId", std::to_string(document.id)).key("versions").begin_array();
  for (const auto& version : document.versions) write_version(writer, document, version);
  writer.end_array().end_object();
}

http::Response answer(int status, const DocumentRecord& document) {
  json::Writer writer;
  write_document(writer, document);
  return json_response(status, writer);
}

bool is_number(std::string_view number) {
  const auto plain = [](unsigned char c) { return std::isalnum(c) || c == '.' || c == '_' || c == '-'; };
  return !number.empty() && number.size() <= 64 && std::isalnum(static_cast<unsigned char>(number.front())) &&
         std::all_of(number.begin(), number.end(), plain);
}

void read_text(json::Fields& fields, std::string_view name, std::string& value) {
  auto given = fields.string(name);
  if (!given) return;
  if (given->size() > most_text) fields.refuse(name, "\"" + std::string(name) + "\" is longer than 4000 bytes.");
  value = std::move(*given);
}

/// A list of objects whose members are texts.
template <class Item>
void read_list(json::Fields& fields, std::string_view name, std::vector<Item>& items,
               const std::function<void(json::Fields&, Item&)>& read) {
  const auto* value = fields.any(name);
  if (!value) return;
  if (value->kind != json::Kind::array || value->items.size() > most_items)
    return fields.refuse(name, "\"" + std::string(name) + "\" must be an array of at most 500 objects.");
  items.clear();
  for (const auto& each : value->items) {
    json::Fields inner(each);
    read(inner, items.emplace_back());
    inner.finish();
    if (inner.error()) return fields.refuse(name, inner.error()->message);
  }
}

void read_particulars(json::Fields& fields, documents::Particulars& p) {
  read_text(fields, "title", p.title);
  read_text(fields, "owner", p.owner);
  read_text(fields, "reviewer", p.reviewer);
  read_text(fields, "approver", p.approver);
  read_text(fields, "organisation", p.organisation);
  read_text(fields, "purpose", p.purpose);
  read_text(fields, "scope", p.scope);
  if (auto months = fields.integer("reviewMonths", 1, 120)) p.review_months = static_cast<std::uint32_t>(*months);
  read_list<documents::TermRecord>(fields, "terms", p.terms, [](json::Fields& inner, auto& term) {
    term.name = inner.required_string("name");
    term.meaning = inner.required_string("meaning");
  });
  read_list<documents::RetentionRecord>(fields, "retentions", p.retentions, [](json::Fields& inner, auto& retention) {
    retention.record = inner.required_string("record");
    retention.period = inner.required_string("period");
    read_text(inner, "place", retention.place);
    read_text(inner, "keeper", retention.keeper);
  });
}

documents::Described describe(const runtime::ProcessInfo& process) {
  return {process.id, process.version, process.source_hash};
}

}  // namespace

namespace document_views {

http::Response list(Api& api, const Call& call) {
  if (!api.options().documents) return no_register();
  const auto key = call.parameter("processKey"), status = call.parameter("status"),
             before = call.parameter("reviewBefore");
  json::Writer writer;
  writer.begin_object().key("items").begin_array();
  for (const auto& document : api.options().documents->all()) {
    if (!key.empty() && document.process_key != key) continue;
    const auto fits = [&](const VersionRecord& v) { return documents::to_string(v.status) == status; };
    if (!status.empty() && std::none_of(document.versions.begin(), document.versions.end(), fits)) continue;
    const auto* released = document.released_version();
    if (!before.empty() && (!released || released->next_review.empty() || released->next_review >= before)) continue;
    write_document(writer, document);
  }
  writer.end_array().end_object();
  return json_response(200, writer);
}

http::Response get(Api& api, const Call& call) {
  if (!api.options().documents) return no_register();
  const auto document = api.options().documents->find(call.parameters[0]);
  if (!document) return not_found("There is no document '" + call.parameters[0] + "'.");
  return answer(200, *document);
}

http::Response history(Api& api, const Call& call) {
  if (!api.options().documents) return no_register();
  if (!api.options().documents->find(call.parameters[0]))
    return not_found("There is no document '" + call.parameters[0] + "'.");
  const auto acts = api.options().documents->history(call.parameters[0]);
  if (!acts) return refused(acts.error());
  json::Writer writer;
  writer.begin_object().key("items").begin_array();
  for (const auto& act : *acts) {
    writer.begin_object().member("act", documents::to_string(act.act)).member("version", std::int64_t{act.version});
    writer.member("from", documents::to_string(act.from)).member("to", documents::to_string(act.to));
    writer.member("who", act.who);
    text(writer, "reason", act.why);
    if (!act.signature.who.empty()) write_signature(writer.key("signature"), act.signature);
    writer.end_object();
  }
  writer.end_array().end_object();
  return json_response(200, writer);
}

http::Response content(Api& api, const Call& call) {
  if (!api.options().documents) return no_register();
  const auto document = api.options().documents->find(call.parameters[0]);
  if (!document) return not_found("There is no document '" + call.parameters[0] + "'.");
  const VersionRecord* version = document->released_version();
  if (const auto wanted = call.parameter("version"); !wanted.empty()) {
    const auto number = id_of(wanted);
    version = number ? document->version(static_cast<std::uint32_t>(*number)) : nullptr;
  }
  if (!version) return not_found("The document has no such version, or none is released.");
  std::string format(call.parameter("format")), language(call.parameter("lang"));
  if (format.empty()) format = "pdf";
  if (language.empty()) language = "en";
  auto bytes = api.options().documents->content(*document, *version, format, language);
  if (!bytes) return refused(bytes.error());
  if (bytes->empty())
    return not_found("No " + format + " in '" + language + "' is stored of this version; GET /process-definitions/" +
                     std::to_string(version->process) + "/documentation makes one.");
  const std::string type = format == "pdf" ? "application/pdf"
                           : format == "html"
                               ? "text/html; charset=utf-8"
                               : "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  return {200,
          type,
          std::move(*bytes),
          {{"Content-Disposition", "attachment; filename=\"" + document->number + "-" +
                                       std::to_string(version->number) + "." + format + "\""}},
          {}};
}

}  // namespace document_views

namespace document_acts {

http::Response create(Api& api, const Call& call) {
  if (!api.options().documents) return no_register();
  auto value = body_of(call);
  if (!value) return value.error();
  auto who = who_of(call);
  if (!who) return who.error();
  json::Fields fields(*value);
  documents::Command command;
  command.act = documents::Act::create;
  command.who = *who;
  const std::string number = fields.required_string("number");
  if (!is_number(number)) fields.refuse("number", "\"number\" must be letters, digits, '.', '_' and '-', at most 64.");
  const auto key = fields.string("processKey").value_or(""), id = fields.string("processId").value_or("");
  read_text(fields, "reason", command.why);
  read_particulars(fields, command.particulars.emplace());
  fields.finish();
  if (fields.error()) return bad_request(*fields.error());
  if (key.empty() == id.empty()) return bad_request("Say which process: one of \"processKey\" and \"processId\".");
  const auto process = process_by(*api.runtime().directory(), key, id);
  if (!process) return process.error();
  command.described = describe(**process);
  const auto document = api.options().documents->create(number, (*process)->key, std::move(command));
  if (!document) return refused(document.error());
  auto response = answer(201, *document);
  response.headers.emplace_back("Location", "/api/v1/documents/" + number);
  return response;
}

http::Response edit(Api& api, const Call& call) {
  if (!api.options().documents) return no_register();
  auto value = body_of(call);
  if (!value) return value.error();
  auto who = who_of(call);
  if (!who) return who.error();
  const auto document = api.options().documents->find(call.parameters[0]);
  if (!document) return not_found("There is no document '" + call.parameters[0] + "'.");
  json::Fields fields(*value);
  documents::Command command;
  command.act = documents::Act::edit;
  command.who = *who;
  command.particulars = document->newest().particulars;
  const auto id = fields.string("processId").value_or("");
  read_text(fields, "reason", command.why);
  read_particulars(fields, *command.particulars);
  fields.finish();
  if (fields.error()) return bad_request(*fields.error());
  if (!id.empty()) {
    const auto process = process_by(*api.runtime().directory(), "", id);
    if (!process) return process.error();
    if ((*process)->key != document->process_key)
      return bad_request("This version is of another process than the document.", "/processId");
    command.described = describe(**process);
  }
  const auto changed = api.options().documents->act(document->number, 0, std::move(command));
  return changed ? answer(200, *changed) : refused(changed.error());
}

http::Response act(Api& api, const Call& call) {
  if (!api.options().documents) return no_register();
  auto value = body_of(call);
  if (!value) return value.error();
  auto who = who_of(call);
  if (!who) return who.error();
  const std::string_view path = call.request.path;
  const auto name = path.substr(path.rfind('/') + 1);
  documents::Command command;
  for (const auto each :
       {documents::Act::begin, documents::Act::submit, documents::Act::send_back, documents::Act::check,
        documents::Act::release, documents::Act::withdraw, documents::Act::revise})
    if (documents::to_string(each) == name) command.act = each;
  json::Fields fields(*value);
  command.who = *who;
  command.why = fields.required_string("reason");
  const auto version = fields.integer("version", 1, UINT32_MAX).value_or(0);
  read_text(fields, "meaning", command.meaning);
  for (const auto& [member, date] :
       {std::pair<std::string_view, std::string*>{"effectiveFrom", &command.effective_from},
        {"nextReview", &command.next_review}}) {
    read_text(fields, member, *date);
    if (!date->empty() && !parse_date(*date))
      fields.refuse(member, "\"" + std::string(member) + "\" must be a day as 2026-12-31.");
  }
  fields.finish();
  if (fields.error()) return bad_request(*fields.error());
  if (!api.options().documents->find(call.parameters[0]))
    return not_found("There is no document '" + call.parameters[0] + "'.");
  const auto changed =
      api.options().documents->act(call.parameters[0], static_cast<std::uint32_t>(version), std::move(command));
  return changed ? answer(200, *changed) : refused(changed.error());
}

}  // namespace document_acts

}  // namespace echoflow::rest

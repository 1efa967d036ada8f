#include "adapters/documents/control/record.hpp"

#include <fmt/core.h>

#include "adapters/json/writer.hpp"
#include "models/base/sha256.hpp"
#include "models/records/bare.hpp"

namespace echoflow::documents {

namespace {

constexpr std::array<std::string_view, 6> status_names{"inactive",   "in work",  "in review",
                                                       "in release", "released", "withdrawn"};
constexpr std::array<std::string_view, 11> act_names{"create",  "edit",     "begin",  "submit", "send-back", "check",
                                                     "release", "withdraw", "revise", "keep",   "remind"};

std::string time_text(TimePoint at) {
  return at.micros == 0 ? std::string() : format_time_point(at);
}

const SignatureRecord* last_signature(const VersionRecord& version, Act act) {
  for (auto it = version.signatures.rbegin(); it != version.signatures.rend(); ++it)
    if (it->act == act) return &*it;
  return nullptr;
}

documentation::Signature shown(const VersionRecord& version, Act act, const std::string& name,
                               const std::string& role) {
  documentation::Signature signature;
  signature.name = name;
  signature.role = role;
  // Sent back, a version needs its signatures anew.
  const auto* signed_by = last_signature(version, act);
  if (!signed_by || version.status == Status::in_work || version.status == Status::inactive) return signature;
  if (const auto* submitted = last_signature(version, Act::submit); submitted && submitted->at > signed_by->at)
    return signature;
  signature.name = signed_by->who;
  signature.at = format_time_point(signed_by->at);
  signature.mark = fmt::format("{}; SHA-256 {}", signed_by->meaning, signed_by->hash);
  return signature;
}

}  // namespace

std::string_view to_string(Status status) {
  return status_names[static_cast<std::size_t>(status)];
}
std::string_view to_string(Act act) {
  return act_names[static_cast<std::size_t>(act)];
}

const VersionRecord* DocumentRecord::version(std::uint32_t wanted) const {
  for (const auto& each : versions)
    if (each.number == wanted) return &each;
  return nullptr;
}

const VersionRecord* DocumentRecord::released_version() const {
  for (const auto& each : versions)
    if (each.status == Status::released) return &each;
  return nullptr;
}

std::string content_hash(const DocumentRecord& document, const VersionRecord& version) {
  const auto& p = version.particulars;
  json::Writer writer;
  writer.begin_object().member("number", document.number).member("version", std::int64_t{version.number});
  writer.member("process", document.process_key).member("processVersion", std::int64_t{version.process_version});
  writer.member("source", version.source_sha256).member("author", version.author).member("change", version.change);
  writer.member("title", p.title).member("owner", p.owner).member("reviewer", p.reviewer);
  writer.member("approver", p.approver).member("organisation", p.organisation);
  writer.member("purpose", p.purpose).member("scope", p.scope).member("reviewMonths", std::int64_t{p.review_months});
  writer.key("terms").begin_array();
  for (const auto& term : p.terms) writer.begin_array().string(term.name).string(term.meaning).end_array();
  writer.end_array().key("retentions").begin_array();
  for (const auto& r : p.retentions)
    writer.begin_array().string(r.record).string(r.place).string(r.keeper).string(r.period).end_array();
  writer.end_array().end_object();
  return sha256_hex(writer.text());
}

documentation::Control control_of(const DocumentRecord& document, const VersionRecord& version) {
  const auto& p = version.particulars;
  documentation::Control control;
  control.number = document.number;
  control.version = std::to_string(version.number);
  control.status = version.status;
  control.owner = p.owner;
  control.author = shown(version, Act::submit, version.author, "author");
  control.reviewer = shown(version, Act::check, p.reviewer, "reviewer");
  control.approver = shown(version, Act::release, p.approver, "approver");
  control.effective_from = version.effective_from;
  control.next_review = version.next_review;
  for (const auto& each : document.versions) {
    if (each.number > version.number) break;
    control.revisions.push_back({std::to_string(each.number),
                                 time_text(each.released.micros ? each.released : each.begun), each.author,
                                 each.change});
  }
  control.organisation = p.organisation;
  control.purpose = p.purpose;
  control.scope = p.scope;
  for (const auto& term : p.terms) control.terms.push_back({term.name, term.meaning});
  for (const auto& r : p.retentions) control.retentions.push_back({r.record, r.place, r.keeper, r.period});
  return control;
}

engine::DocumentRow to_row(const DocumentRecord& document) {
  return {std::string(document_kind), document.number, records::bare(document), false};
}

Result<DocumentRecord> read_document(const engine::DocumentRow& row) {
  DocumentRecord document;
  if (!records::read_bare(row.body, document) || document.versions.empty())
    return fail("The stored document '" + row.name + "' cannot be read: it is damaged.");
  return document;
}

std::string write_act(const ActRecord& act) {
  std::string events;
  records::append_bare_event(events, document_acted, act);
  return events;
}

Result<ActRecord> read_act(std::string_view events) {
  ActRecord act;
  records::PayloadReader payload({});
  records::Decoder decoder(events, payload);
  if (decoder.varint() != document_acted || !decoder.record(act)) return fail("this is not the journal of a document");
  return act;
}

}  // namespace echoflow::documents

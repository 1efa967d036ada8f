#include "adapters/rest/evidence.hpp"

#include <algorithm>
#include <optional>

#include "adapters/rest/bytes_text.hpp"
#include "adapters/rest/json_value.hpp"
#include "models/records/journal_chain.hpp"

namespace echoflow::rest {

namespace {

constexpr std::string_view format_name = "echoflow-evidence-1";

struct Row {
  std::int64_t position = 0, seq = 0, at = 0;
  bool erased = false;
  std::string events, payload;
  Sha256 events_digest{}, payload_digest{}, hash{};
};

std::optional<std::string> text_member(const json::Value& object, std::string_view name) {
  const auto* member = object.find(name);
  return member && member->kind == json::Kind::string ? std::optional(member->text) : std::nullopt;
}

std::optional<std::int64_t> number_member(const json::Value& object, std::string_view name) {
  const auto* member = object.find(name);
  return member ? member->integer() : std::nullopt;
}

std::optional<Sha256> digest_member(const json::Value& object, std::string_view name) {
  auto bytes = from_hex(text_member(object, name).value_or("?"));
  Sha256 digest{};
  if (!bytes || bytes->size() != digest.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  return digest;
}

std::optional<Row> row_of(const json::Value& value) {
  auto position = number_member(value, "position"), seq = number_member(value, "seq"), at = number_member(value, "atMicros");
  auto events = from_base64(text_member(value, "events").value_or("?")), payload = from_base64(text_member(value, "payload").value_or("?"));
  auto events_digest = digest_member(value, "eventsDigest"), payload_digest = digest_member(value, "payloadDigest");
  auto hash = digest_member(value, "hash");
  const auto* erased = value.find("erased");
  if (!position || !seq || !at || !events || !payload || !events_digest || !payload_digest || !hash || !erased || erased->kind != json::Kind::boolean) return std::nullopt;
  return Row{*position, *seq, *at, erased->boolean, *events, *payload, *events_digest, *payload_digest, *hash};
}

/// What is wrong with a row by itself or after its predecessor; empty when it fits.
std::string problem_of(const Row& row, const Row* previous, std::int64_t instance) {
  if (sha256(row.events) != row.events_digest) return "the events do not have the digest that was journalled";
  if (!row.erased && sha256(row.payload) != row.payload_digest) return "the data does not have the digest that was journalled";
  if (row.seq != (previous ? previous->seq + 1 : 1)) return "a row is missing before it";
  if (!previous || previous->position + 1 != row.position) return {};
  records::ChainLink link{row.position, instance, static_cast<std::uint64_t>(row.seq), row.at, row.events_digest, row.payload_digest};
  return records::link_hash(previous->hash, link) == row.hash ? "" : "its hash does not follow from the row before it";
}

}  // namespace

http::Response evidence(Api& api, const Call& call) {
  auto id = id_of(call.parameters[0]);
  if (!id) return not_found("There is no process instance '" + call.parameters[0] + "'.");
  json::Writer writer;
  writer.begin_object().member("format", format_name).member("instance", std::to_string(*id)).key("rows").begin_array();
  constexpr std::uint32_t batch = 500;
  for (std::uint64_t after = 0;;) {
    auto rows = api.runtime().journal(*id, after, batch);
    if (!rows) return respond(rows.error());
    for (const auto& row : *rows) {
      writer.begin_object().member("position", row.position).member("seq", static_cast<std::int64_t>(row.seq));
      writer.member("at", format_time_point(row.at)).member("atMicros", row.at.micros).member("erased", row.erased);
      writer.member("events", to_base64(row.events)).member("payload", to_base64(row.payload));
      writer.member("eventsDigest", to_hex(row.events_digest)).member("payloadDigest", to_hex(row.payload_digest)).member("hash", to_hex(row.hash));
      writer.end_object();
      after = row.seq;
    }
    if (rows->size() < batch) break;
  }
  writer.end_array().end_object();
  return json_response(200, writer);
}

Result<EvidenceReport> verify_evidence(std::string_view bytes) {
  auto document = json::parse(bytes);
  if (!document) return fail(document.error().message);
  if (text_member(*document, "format") != std::string(format_name)) return fail("The file is no evidence file of Echoflow.");
  auto instance = id_of(text_member(*document, "instance").value_or(""));
  const auto* rows = document->find("rows");
  if (!instance || !rows || rows->kind != json::Kind::array) return fail("The evidence file has no instance or no rows.");
  EvidenceReport report;
  std::optional<Row> previous;
  for (const auto& value : rows->items) {
    auto row = row_of(value);
    if (!row) return EvidenceReport{report.rows, false, "Row " + std::to_string(report.rows + 1) + " is incomplete."};
    auto problem = problem_of(*row, previous ? &*previous : nullptr, *instance);
    if (!problem.empty()) return EvidenceReport{report.rows, false, "Row with seq " + std::to_string(row->seq) + ": " + problem + "."};
    previous = std::move(row);
    ++report.rows;
  }
  report.whole = true;
  return report;
}

}  // namespace echoflow::rest

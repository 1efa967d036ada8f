#include "adapters/documents/evidence_json.hpp"

#include <fmt/core.h>

#include <cmath>

namespace echoflow::documents {

namespace {

using documentation::DeviationKind;
using documentation::Evidence;

void time(json::Writer& writer, std::string_view name, const std::optional<TimePoint>& at) {
  if (at) writer.member(name, format_time_point(*at));
}

void number(json::Writer& writer, std::string_view name, double value) {
  writer.key(name);
  if (std::isfinite(value))
    writer.raw(fmt::format("{}", value));
  else
    writer.null();
}

void number(json::Writer& writer, std::string_view name, const std::optional<double>& value) {
  if (value) number(writer, name, *value);
}

void durations(json::Writer& writer, std::string_view name, const documentation::Durations& d) {
  writer.key(name).begin_object().member("count", d.count);
  if (d.count > 0) {
    number(writer, "mean", d.mean);
    number(writer, "median", d.median);
    number(writer, "p95", d.p95);
    number(writer, "longest", d.longest);
  }
  writer.end_object();
}

void counts(json::Writer& writer, std::string_view name, const std::map<std::string, std::int64_t>& all) {
  writer.key(name).begin_object();
  for (const auto& [key, count] : all) writer.member(key, count);
  writer.end_object();
}

std::string_view name_of(DeviationKind kind) {
  switch (kind) {
    case DeviationKind::unreleased_version:
      return "unreleasedVersion";
    case DeviationKind::skipped_step:
      return "skippedStep";
    case DeviationKind::repeated_step:
      return "repeatedStep";
    case DeviationKind::changed_data:
      return "changedData";
    case DeviationKind::forced_fault:
      return "forcedFault";
    case DeviationKind::terminated:
      return "terminated";
    case DeviationKind::late:
      return "late";
    case DeviationKind::wrong_role:
      return "wrongRole";
    case DeviationKind::fault:
      return "fault";
  }
  return "";
}

}  // namespace

void write_versions(json::Writer& writer, const Evidence& evidence) {
  writer.begin_array();
  for (const auto& v : evidence.versions) {
    writer.begin_object().member("version", v.version).member("processId", v.process_id);
    writer.member("sourceSha256", v.source_sha256).member("documented", v.documented);
    time(writer, "deployedAt", v.deployed_at);
    time(writer, "firstStart", v.first_start);
    time(writer, "lastEnd", v.last_end);
    writer.member("started", v.started).member("completed", v.completed).member("faulted", v.faulted);
    writer.member("terminated", v.terminated).member("running", v.running);
    durations(writer, "duration", v.duration);
    writer.end_object();
  }
  writer.end_array();
}

void write_elements(json::Writer& writer, const Evidence& evidence) {
  writer.begin_array();
  for (const auto& e : evidence.elements) {
    writer.begin_object().member("element", e.element).member("name", e.name).member("started", e.started);
    writer.member("completed", e.completed).member("faulted", e.faulted).member("skipped", e.skipped);
    writer.member("terminated", e.terminated);
    durations(writer, "duration", e.duration);
    writer.end_object();
  }
  writer.end_array();
}

void write_roles(json::Writer& writer, const Evidence& evidence) {
  writer.begin_array();
  for (const auto& r : evidence.roles)
    writer.begin_object().member("role", r.role).member("element", r.element).member("count", r.count).end_object();
  writer.end_array();
}

void write_conformance(json::Writer& writer, const Evidence& evidence) {
  const auto& c = evidence.conformance;
  writer.begin_object().member("checked", c.checked).member("conforming", c.conforming);
  writer.key("deviations").begin_array();
  for (const auto& d : c.deviations) {
    writer.begin_object().member("kind", name_of(d.kind)).member("element", d.element);
    writer.member("detail", d.detail).member("count", d.count).end_object();
  }
  writer.end_array().end_object();
}

void write_kpis(json::Writer& writer, const Evidence& evidence) {
  writer.begin_array();
  for (const auto& k : evidence.kpis) {
    writer.begin_object().member("name", k.name).member("title", k.title).member("group", k.group);
    writer.member("unit", k.unit).member("level", k.level).member("samples", k.samples);
    writer.member("lowerIsBetter", k.lower_is_better);
    number(writer, "value", k.value);
    number(writer, "target", k.target);
    number(writer, "warning", k.warning);
    number(writer, "critical", k.critical);
    time(writer, "asOf", k.as_of);
    writer.end_object();
  }
  writer.end_array();
}

void write_complaints(json::Writer& writer, const Evidence& evidence) {
  const auto& c = evidence.complaints;
  writer.begin_object().member("received", c.received).member("resolved", c.resolved).member("open", c.open);
  writer.member("reopened", c.reopened);
  durations(writer, "firstResponse", c.first_response);
  durations(writer, "resolution", c.resolution);
  counts(writer, "byChannel", c.by_channel);
  counts(writer, "byTopic", c.by_topic);
  writer.end_object();
}

void write_escalations(json::Writer& writer, const Evidence& evidence) {
  writer.begin_array();
  for (const auto& e : evidence.escalations) {
    writer.begin_object().member("element", e.element).member("name", e.name).member("kind", e.kind);
    writer.member("count", e.count);
    time(writer, "last", e.last);
    writer.end_object();
  }
  writer.end_array();
}

void write_incidents(json::Writer& writer, const Evidence& evidence) {
  writer.begin_array();
  for (const auto& i : evidence.incidents) {
    writer.begin_object().member("element", i.element).member("fault", i.fault).member("count", i.count);
    time(writer, "last", i.last);
    writer.end_object();
  }
  writer.end_array();
}

void write_corrections(json::Writer& writer, const Evidence& evidence) {
  writer.begin_array();
  for (const auto& c : evidence.corrections) {
    writer.begin_object().member("at", format_time_point(c.at)).member("kind", c.kind).member("element", c.element);
    writer.member("reason", c.reason).member("by", c.by).member("outcome", c.outcome).end_object();
  }
  writer.end_array();
}

void write_case(json::Writer& writer, const documentation::SampleCase& one) {
  writer.begin_object().member("pseudonym", one.pseudonym).member("version", one.version);
  writer.member("started", format_time_point(one.started));
  time(writer, "ended", one.ended);
  writer.member("state", one.state).member("conforming", one.conforming).key("steps").begin_array();
  for (const auto& step : one.steps) {
    writer.begin_object().member("element", step.element).member("name", step.name);
    writer.member("at", format_time_point(step.at)).member("role", step.role).member("state", step.state).end_object();
  }
  writer.end_array().end_object();
}

void write_evidence(json::Writer& writer, const Evidence& evidence) {
  writer.begin_object().member("madeAt", format_time_point(evidence.made_at));
  time(writer, "from", evidence.from);
  time(writer, "to", evidence.to);
  write_versions(writer.key("versions"), evidence);
  write_elements(writer.key("elements"), evidence);
  write_roles(writer.key("roles"), evidence);
  write_conformance(writer.key("conformance"), evidence);
  write_kpis(writer.key("kpis"), evidence);
  write_complaints(writer.key("complaints"), evidence);
  write_escalations(writer.key("escalations"), evidence);
  write_incidents(writer.key("incidents"), evidence);
  write_corrections(writer.key("corrections"), evidence);
  writer.member("sampledFrom", evidence.sampled_from).key("sample").begin_array();
  for (const auto& one : evidence.sample) write_case(writer, one);
  writer.end_array();
  const auto& chain = evidence.chain;
  writer.key("chain").begin_object().member("records", chain.records).member("position", chain.position);
  writer.member("hash", chain.hash).member("algorithm", chain.algorithm).member("key", chain.key);
  writer.member("signature", chain.signature);
  time(writer, "signedAt", chain.signed_at);
  writer.end_object().end_object();
}

}  // namespace echoflow::documents

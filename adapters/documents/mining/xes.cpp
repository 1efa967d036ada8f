#include <fmt/core.h>

#include "adapters/documents/mining/trace.hpp"
#include "engine/core/status_name.hpp"
#include "models/base/utf8.hpp"

namespace echoflow::documents {

namespace {

// IEEE 1849-2016 §5: extensions, globals, classifiers, attributes and traces, in this order.
constexpr std::string_view beginning =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/><string key="lifecycle:transition" value="complete"/><date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/></global>
<classifier name="Activity" keys="concept:name"/>
<classifier name="Activity and lifecycle" keys="concept:name lifecycle:transition"/>
<string key="lifecycle:model" value="standard"/>
)";

/// For an attribute's value; what XML 1.0 cannot hold becomes U+FFFD.
std::string escaped(std::string_view text) {
  std::string out;
  const bool whole = is_valid_utf8(text);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\n' || c == '\t' || c == '\r')
      out += fmt::format("&#{};", static_cast<int>(c));
    else if (byte < 0x20 || (!whole && byte >= 0x80))
      out += "\xEF\xBF\xBD";
    else
      out += c;
  }
  return out;
}

std::string attribute(std::string_view type, std::string_view key, std::string_view value) {
  if (value.empty()) return {};
  return fmt::format(R"(<{} key="{}" value="{}"/>)", type, key, escaped(value));
}

std::string date(std::string_view key, const std::optional<TimePoint>& at) {
  return at ? attribute("date", key, format_time_point(*at)) : std::string();
}

std::string trace_head(Traces& traces, const engine::InstanceRow& row, const Traces::Version& version,
                       const std::string& customer) {
  std::string text = "<trace>";
  text += attribute("string", "concept:name", std::to_string(row.id));
  text += attribute("string", "echoflow:process", version.key);
  text += attribute("int", "echoflow:version", std::to_string(version.number));
  text += attribute("string", "echoflow:state", to_string(row.status));
  text += attribute("string", "echoflow:businessKey", traces.person(row.business_key));
  text += attribute("string", "echoflow:customer", customer);
  text += date("echoflow:startedAt", row.started_at);
  text += date("echoflow:endedAt", row.ended_at);
  text += attribute("string", "echoflow:fault", row.fault);
  text += '\n';
  return text;
}

std::string event_text(const TraceEvent& event) {
  std::string text = "<event>";
  text += attribute("string", "concept:name", event.name);
  text += attribute("string", "concept:instance", std::to_string(event.activity));
  text += attribute("string", "lifecycle:transition", to_string(event.transition));
  text += date("time:timestamp", event.at);
  text += attribute("string", "org:role", event.role);
  text += attribute("string", "org:resource", event.resource);
  text += attribute("string", "echoflow:element", event.element);
  text += attribute("string", "echoflow:type", event.type);
  text += "</event>\n";
  return text;
}

}  // namespace

Result<void> export_xes(engine::Store& store, const ProgramOf& program_of, const Pseudonyms& pseudonyms,
                        const MiningOptions& options, const Sink& sink) {
  Traces traces(store, program_of, pseudonyms, options);
  if (auto done = sink(beginning); !done) return done;
  auto written = traces.each_instance([&](const engine::InstanceRow& row) -> Result<void> {
    const auto version = traces.version_of(row.process);
    if (!version) return fail(version.error());
    const auto tasks = traces.tasks_of(row.id);
    if (!tasks) return fail(tasks.error());
    std::string customer;
    for (const auto& task : *tasks)
      if (customer.empty()) customer = pseudonyms.of("customer", task.customer);
    if (auto done = sink(trace_head(traces, row, *version, customer)); !done) return done;
    auto events = traces.each_event(row, *tasks, [&](const TraceEvent& event) { return sink(event_text(event)); });
    if (!events) return events;
    return sink("</trace>\n");
  });
  if (!written) return written;
  return sink("</log>\n");
}

}  // namespace echoflow::documents

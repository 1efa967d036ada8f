#include <algorithm>

#include "adapters/cx/kpis/service.hpp"
#include "adapters/rest/api.hpp"
#include "models/base/number_text.hpp"

/// The KPIs: what is measured, where it stands, and what crossed.
namespace echoflow::rest::kpi_views {

namespace {

using kpis::Group;
using kpis::Kpi;

void number(json::Writer& writer, std::string_view name, const std::optional<double>& value) {
  writer.key(name);
  if (value)
    writer.raw(number_text(*value));
  else
    writer.null();
}

std::string_view name_of(cx::KpiWindowKind kind) {
  switch (kind) {
    case cx::KpiWindowKind::all:
      return "all";
    case cx::KpiWindowKind::sliding:
      return "sliding";
    case cx::KpiWindowKind::last:
      return "last";
    case cx::KpiWindowKind::calendar:
      return "calendar";
  }
  return "";
}

std::string_view name_of(cx::KpiMeasure measure) {
  switch (measure) {
    case cx::KpiMeasure::duration:
      return "duration";
    case cx::KpiMeasure::count:
      return "count";
    case cx::KpiMeasure::value:
      return "value";
    case cx::KpiMeasure::built_in:
      return "builtIn";
  }
  return "";
}

void write_window(json::Writer& writer, const cx::KpiWindow& window) {
  writer.key("window").begin_object().member("kind", name_of(window.kind));
  if (window.span != Duration{}) writer.member("span", format_duration(window.span));
  if (window.count != 0) writer.member("count", static_cast<std::int64_t>(window.count));
  writer.end_object();
}

void write_definition(json::Writer& writer, const Kpi& kpi) {
  const auto& d = kpi.definition();
  writer.member("name", d.name).member("processKey", kpi.declaration().process).member("title", d.title);
  writer.member("kind", d.kind == cx::KpiKind::alarm ? "alarm" : "planned").member("measure", name_of(d.measure));
  if (!d.built_in.empty()) writer.member("builtIn", d.built_in);
  writer.member("unit", kpi.unit()).member("groupBy", d.group_by).member("calendar", d.calendar);
  write_window(writer, d.window);
  const bool more_is_better = d.direction == cx::KpiDirection::higher_is_better;
  writer.member("direction", more_is_better ? "higherIsBetter" : "lowerIsBetter");
  number(writer, "target", d.target);
  number(writer, "warning", d.warning);
  number(writer, "critical", d.critical);
  writer.key("hysteresis").raw(number_text(d.hysteresis));
}

void write_state(json::Writer& writer, const Kpi& kpi, const std::string& name, const Group& group, TimePoint now) {
  writer.member("group", name);
  number(writer, "value", kpi.value(group, now));
  writer.member("level", to_string(group.level));
  writer.member("values", static_cast<std::int64_t>(group.window.figures().count));
  writer.member("open", static_cast<std::int64_t>(group.open));
  writer.member("crossings", static_cast<std::int64_t>(group.crossings));
}

void write_figures(json::Writer& writer, const kpis::Figures& figures) {
  number(writer, "mean", figures.mean());
  number(writer, "min", figures.least);
  number(writer, "max", figures.most);
  writer.key("percentiles").begin_object();
  for (const auto& [name, q] : {std::pair("p50", 0.5), {"p75", 0.75}, {"p90", 0.9}, {"p95", 0.95}, {"p99", 0.99}})
    number(writer, name, figures.sketch.quantile(q));
  writer.end_object();
}

void write_history(json::Writer& writer, const kpis::Crossings& history) {
  writer.key("history").begin_array();
  for (auto crossing = history.rbegin(); crossing != history.rend(); ++crossing) {
    writer.begin_object().member("number", static_cast<std::int64_t>(crossing->number));
    writer.member("at", format_time_point(crossing->at)).member("level", to_string(crossing->to));
    writer.member("previousLevel", to_string(crossing->from));
    number(writer, "value", crossing->value);
    number(writer, "crossed", crossing->crossed);
    if (crossing->instance != 0) writer.member("instanceId", std::to_string(crossing->instance));
    writer.end_object();
  }
  writer.end_array();
}

http::Response none(const Call& call) {
  return not_found("There is no KPI '" + call.parameters[0].substr(0, 64) + "'.");
}

/// The KPI of a path: the process's own where one is named, else the server's, else the only one of that name.
const Kpi* find(const kpis::Kpis& all, const std::string& name, const std::string& process) {
  if (const auto* kpi = all.find(process, name)) return kpi;
  const Kpi* only = nullptr;
  for (const auto& [id, kpi] : all.all()) {
    if (!process.empty() || kpi->definition().name != name) continue;
    if (only) return nullptr;
    only = kpi.get();
  }
  return only;
}

using WantedLevel = std::optional<kpis::Level>;

/// The level of the query, none for all of them, or the refusal.
Result<WantedLevel, http::Response> level_of(const Call& call) {
  const auto name = call.parameter("level");
  if (name.empty()) return WantedLevel();
  for (const auto level : {kpis::Level::normal, kpis::Level::warning, kpis::Level::critical})
    if (to_string(level) == name) return WantedLevel(level);
  return fail(bad_request("The query parameter level must be normal, warning or critical."));
}

}  // namespace

http::Response list(Api& api, const Call& call) {
  json::Writer writer;
  writer.begin_object().key("items").begin_array();
  const auto process = call.parameter("process");
  const auto wanted = level_of(call);
  if (!wanted) return wanted.error();
  const auto level = *wanted;
  const auto write = [&](const kpis::Kpis& all) {
    static const Group nothing;
    const auto now = std::max(all.now(), api.options().kpis->now());
    for (const auto& [id, kpi] : all.all()) {
      if (!process.empty() && kpi->declaration().process != process) continue;
      const auto write_one = [&](const std::string& name, const Group& group) {
        if (level && group.level != *level) return;
        writer.begin_object();
        write_definition(writer, *kpi);
        write_state(writer, *kpi, name, group, now);
        writer.end_object();
      };
      for (const auto& [name, group] : kpi->groups()) write_one(name, group);
      if (kpi->groups().empty()) write_one("", nothing);
    }
  };
  if (api.options().kpis) api.options().kpis->look(write);
  writer.end_array().end_object();
  return json_response(200, writer);
}

http::Response get(Api& api, const Call& call) {
  if (!api.options().kpis) return none(call);
  json::Writer writer;
  bool found = false;
  const std::string only(call.parameter("group"));
  api.options().kpis->look([&](const kpis::Kpis& all) {
    const auto* kpi = find(all, call.parameters[0], std::string(call.parameter("process")));
    if (!kpi) return;
    found = true;
    const auto now = std::max(all.now(), api.options().kpis->now());
    writer.begin_object();
    write_definition(writer, *kpi);
    number(writer, "overall", kpi->overall(now));
    writer.member("worstLevel", to_string(kpi->worst_level())).key("groups").begin_array();
    for (const auto& [name, group] : kpi->groups()) {
      if (!only.empty() && name != only) continue;
      writer.begin_object();
      write_state(writer, *kpi, name, group, now);
      write_figures(writer, group.window.figures());
      if (const auto begun = group.window.begun()) {
        writer.member("windowBegan", format_time_point(*begun)).key("previousWindow").begin_object();
        writer.member("values", static_cast<std::int64_t>(group.window.previous().count));
        write_figures(writer, group.window.previous());
        writer.end_object();
      }
      writer.member("letGo", static_cast<std::int64_t>(group.let_go));
      write_history(writer, group.history);
      writer.end_object();
    }
    writer.end_array().end_object();
  });
  return found ? json_response(200, writer) : none(call);
}

http::Response instances(Api& api, const Call& call) {
  auto page = page_of(call);
  if (!page) return page.error();
  const auto wanted = level_of(call);
  if (!wanted) return wanted.error();
  const auto level = *wanted;
  if (!api.options().kpis) return none(call);
  struct Measured {
    double value;
    kpis::Span span;
  };
  std::vector<Measured> measured;
  std::string unit;
  bool found = false;
  api.options().kpis->look([&](const kpis::Kpis& all) {
    const auto* kpi = find(all, call.parameters[0], std::string(call.parameter("process")));
    if (!kpi) return;
    found = true;
    const auto now = std::max(all.now(), api.options().kpis->now());
    unit = kpi->unit();
    kpi->spans().each([&](const std::string&, const kpis::Span& span) {
      if (level && span.level != *level) return;
      measured.push_back({kpi->value(span, now), span});
    });
  });
  if (!found) return none(call);
  const auto count = std::min<std::size_t>(measured.size(), page->limit);
  std::partial_sort(measured.begin(), measured.begin() + static_cast<std::ptrdiff_t>(count), measured.end(),
                    [](const Measured& a, const Measured& b) {
                      return std::tie(b.value, a.span.instance) < std::tie(a.value, b.span.instance);
                    });
  json::Writer writer;
  writer.begin_object().key("items").begin_array();
  for (std::size_t i = 0; i < count; ++i) {
    const auto& [value, span] = measured[i];
    writer.begin_object();
    if (span.instance != 0) writer.member("instanceId", std::to_string(span.instance));
    number(writer, "value", value);
    writer.member("unit", unit).member("level", to_string(span.level));
    writer.member("since", format_time_point({span.opened})).member("running", span.running_since != 0);
    writer.key("groups").begin_array();
    for (const auto& group : span.groups) writer.string(group);
    writer.end_array().end_object();
  }
  writer.end_array().member("total", static_cast<std::int64_t>(measured.size())).end_object();
  return json_response(200, writer);
}

http::Response rebuild(Api& api, const Call&) {
  if (!api.options().kpis) return not_found("This server keeps no KPIs.");
  const auto rebuilt = api.options().kpis->rebuild();
  if (!rebuilt) return respond(rebuilt.error());
  json::Writer writer;
  writer.begin_object().member("same", rebuilt->differences.empty()).member("position", rebuilt->position);
  writer.member("rows", static_cast<std::int64_t>(rebuilt->rows));
  writer.member("groups", static_cast<std::int64_t>(rebuilt->groups)).key("differences").begin_array();
  for (const auto& difference : rebuilt->differences) {
    writer.begin_object().member("kpi", difference.kpi).member("group", difference.group);
    number(writer, "live", difference.live);
    number(writer, "rebuilt", difference.rebuilt);
    writer.end_object();
  }
  writer.end_array().end_object();
  return json_response(200, writer);
}

}  // namespace echoflow::rest::kpi_views

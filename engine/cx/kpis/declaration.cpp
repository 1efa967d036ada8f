#include "engine/cx/kpis/declaration.hpp"

#include "models/records/bare.hpp"

namespace echoflow::kpis {

std::string Declaration::encode() const {
  return records::bare(*this);
}

bool Declaration::decode(std::string_view bytes) {
  *this = {};
  return records::read_bare(bytes, *this);
}

bool same(const Declaration& a, const Declaration& b) {
  return a.encode() == b.encode();
}

namespace {

std::string of(const Declaration& declaration) {
  return "The KPI \"" + declaration.definition.name + "\" ";
}

Result<void> check_built_in(const Declaration& declaration) {
  const auto& d = declaration.definition;
  const auto use = cx::parse_kpi_built_in(d.built_in);
  if (!use) return fail(of(declaration) + "cannot be computed: " + use.error().message);
  const auto& info = cx::info_of(use->measure);
  if (use->measure == cx::KpiBuiltIn::backlog_age && d.aggregate != cx::KpiAggregate::mean &&
      d.aggregate != cx::KpiAggregate::max)
    return fail(of(declaration) +
                "asks for a figure of the backlog's age that is not kept: use the mean or the maximum.");
  if (use->measure == cx::KpiBuiltIn::backlog_age && d.aggregate == cx::KpiAggregate::mean && !d.calendar.empty())
    return fail(of(declaration) +
                "asks for the mean age of the backlog on a calendar: use the maximum, or no calendar.");
  if (info.is_state && d.kind == cx::KpiKind::alarm)
    return fail(of(declaration) + "is a state of all cases, of which one instance has none: make it a planned one.");
  if (use->measure == cx::KpiBuiltIn::share_of_voice && d.group_by.empty())
    return fail(of(declaration) + "needs a group whose share is asked for, for example group by topic.");
  return {};
}

}  // namespace

Result<void> check(const Declaration& declaration) {
  const auto& d = declaration.definition;
  if (d.window.kind == cx::KpiWindowKind::sliding && (d.window.span.months != 0 || d.window.span.micros <= 0))
    return fail(of(declaration) + "needs a sliding window of days or less than days: give it a span such as P30D.");
  if (d.window.kind == cx::KpiWindowKind::calendar && d.window.span.months <= 0 && d.window.span.micros <= 0)
    return fail(of(declaration) + "needs a calendar window with a span: PT1H, P1D, P7D or P1M.");
  if (d.window.kind == cx::KpiWindowKind::last && d.window.count == 0)
    return fail(of(declaration) + "needs a window of at least one value.");
  if (d.hysteresis < 0) return fail(of(declaration) + "has a hysteresis below zero: say how far back it must come.");
  if (d.measure == cx::KpiMeasure::built_in) return check_built_in(declaration);
  return {};
}

std::string unit_of(const cx::KpiDefinition& definition) {
  if (!definition.unit.empty()) return definition.unit;
  switch (definition.measure) {
    case cx::KpiMeasure::duration:
      return "s";
    case cx::KpiMeasure::count:
      return "count";
    case cx::KpiMeasure::value:
      return "";
    case cx::KpiMeasure::built_in:
      if (const auto use = cx::parse_kpi_built_in(definition.built_in))
        return std::string(cx::info_of(use->measure).unit);
      return "";
  }
  return "";
}

}  // namespace echoflow::kpis

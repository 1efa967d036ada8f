#include <charconv>
#include <utility>

#include "bpel/compile/human_tasks.hpp"

namespace echoflow::compile {
namespace {

constexpr double micros_per_second = 1e6;

std::optional<double> decimal(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// A number, or a duration in seconds.
std::optional<double> level(const std::string& text) {
  if (text.empty()) return std::nullopt;
  if (const auto value = decimal(text)) return value;
  const auto duration = parse_duration(text);
  if (!duration) return std::nullopt;
  return static_cast<double>(duration->micros) / micros_per_second;
}

template <class T>
T one_of(const std::string& text, std::initializer_list<std::pair<std::string_view, T>> names, T otherwise) {
  for (const auto& [name, value] : names)
    if (text == name) return value;
  return otherwise;
}

cx::KpiWindow window(const ast::Kpi& source) {
  if (!source.last.empty())
    return {cx::KpiWindowKind::last, {}, static_cast<std::uint64_t>(decimal(source.last).value_or(1))};
  if (!source.period.empty())
    return {cx::KpiWindowKind::calendar,
            *parse_duration(
                one_of<std::string_view>(source.period, {{"hour", "PT1H"}, {"week", "P7D"}, {"month", "P1M"}}, "P1D")),
            0};
  if (source.window.empty()) return {};
  const auto span = parse_duration(source.window);
  return {cx::KpiWindowKind::sliding, span ? *span : Duration{}, 0};
}

cx::KpiPoint point(Compiler& compiler, const std::string& activity, const std::string& moment,
                   cx::KpiMoment otherwise) {
  cx::KpiPoint out;
  out.activity = activity;
  out.moment = one_of<cx::KpiMoment>(moment, {{"start", cx::KpiMoment::start}, {"end", cx::KpiMoment::end}}, otherwise);
  if (activity.empty()) return out;
  for (program::NodeId id = 0; id < compiler.node_count(); ++id)
    if (const auto* node = compiler.node(id); node != nullptr && node->id != 0 && node->name == activity) {
      out.node = id;
      break;
    }
  return out;
}

std::string default_unit(cx::KpiMeasure measure) {
  if (measure == cx::KpiMeasure::duration) return "s";
  return measure == cx::KpiMeasure::count ? "count" : "";
}

}  // namespace

cx::KpiDefinition compile_kpi(Compiler& compiler, const ast::Kpi& source) {
  using Measure = cx::KpiMeasure;
  using Aggregate = cx::KpiAggregate;
  cx::KpiDefinition out;
  out.name = source.name;
  out.title = source.title;
  out.where = source.origin.where;
  out.kind = source.kind == "alarm" ? cx::KpiKind::alarm : cx::KpiKind::planned;
  out.measure = one_of<Measure>(
      source.measure, {{"duration", Measure::duration}, {"count", Measure::count}, {"builtIn", Measure::built_in}},
      Measure::value);
  if (out.measure == Measure::duration)
    out.from = point(compiler, source.from, source.from_moment, cx::KpiMoment::start);
  if (out.measure == Measure::duration) out.to = point(compiler, source.to, source.to_moment, cx::KpiMoment::end);
  if (out.measure == Measure::count) out.to = point(compiler, source.of, source.to_moment, cx::KpiMoment::end);
  out.built_in = source.built_in;
  out.percentile = decimal(source.percentile).value_or(0);
  out.aggregate = one_of<Aggregate>(source.aggregate,
                                    {{"mean", Aggregate::mean},
                                     {"sum", Aggregate::sum},
                                     {"min", Aggregate::min},
                                     {"max", Aggregate::max},
                                     {"count", Aggregate::count},
                                     {"percentile", Aggregate::percentile},
                                     {"last", Aggregate::last}},
                                    !source.percentile.empty()      ? Aggregate::percentile
                                    : out.measure == Measure::count ? Aggregate::count
                                                                    : Aggregate::mean);
  out.window = window(source);
  out.group_by = source.group_by;
  out.calendar = source.calendar;
  out.unit = source.unit.empty() ? default_unit(out.measure) : source.unit;
  out.direction = source.direction == "higher" ? cx::KpiDirection::higher_is_better : cx::KpiDirection::lower_is_better;
  out.target = level(source.target);
  out.warning = level(source.warning);
  out.critical = level(source.critical);
  out.hysteresis = level(source.hysteresis).value_or(0);
  out.least_values = static_cast<std::uint64_t>(decimal(source.least_values).value_or(1));
  return out;
}

}  // namespace echoflow::compile

#pragma once
#include <string>

#include "engine/cx/kpis/kpis.hpp"

/// What the tests of the KPIs say often.
namespace echoflow::kpis::test {

inline constexpr double minute = 60, hour = 3'600, day = 86'400;

/// Seconds after Monday 2026-03-02T00:00:00Z.
inline TimePoint at(double seconds) {
  return {parse_deadline("2026-03-02T00:00:00Z")->micros + static_cast<std::int64_t>(seconds * 1e6)};
}
inline TimePoint when(const std::string& text) {
  return *parse_deadline(text);
}

inline cx::KpiDefinition built_in(const std::string& name) {
  cx::KpiDefinition definition;
  definition.name = "kpi";
  definition.measure = cx::KpiMeasure::built_in;
  definition.built_in = name;
  return definition;
}

/// One KPI of the server and what becomes of it.
class One {
 public:
  explicit One(cx::KpiDefinition definition, const std::string& process = "") : process_(process) {
    calendars.put(calendar::Calendar::standard());
    kpis = std::make_unique<Kpis>(calendars);
    name_ = definition.name;
    const auto declared = kpis->declare({process, std::move(definition)});
    error = declared ? "" : declared.error().message;
  }

  void tell(TimePoint time, What what, Origin origin = {}) {
    if (origin.process.empty()) origin.process = process_;
    add(kpis->see({time, std::move(origin), std::move(what), {}}));
  }
  void tell(double seconds, What what, Origin origin = {}) { tell(at(seconds), std::move(what), std::move(origin)); }
  void pass(TimePoint time) { add(kpis->advance(time)); }
  void pass(double seconds) { pass(at(seconds)); }

  const Kpi& kpi() const { return *kpis->find(process_, name_); }
  std::optional<double> value(const std::string& group = "") const {
    const auto* known = kpi().group(group);
    return known ? kpi().value(*known, kpis->now()) : std::nullopt;
  }
  std::uint64_t count(const std::string& group = "") const {
    const auto* known = kpi().group(group);
    return known ? known->window.figures().count : 0;
  }

  calendar::Calendars calendars;
  std::unique_ptr<Kpis> kpis;
  std::string error;
  Crossings crossings;

 private:
  void add(Crossings more) { crossings.insert(crossings.end(), more.begin(), more.end()); }
  std::string process_, name_;
};

}  // namespace echoflow::kpis::test

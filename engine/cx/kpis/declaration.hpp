#pragma once
#include <string>

#include "engine/cx/kpis/bytes.hpp"
#include "models/base/result.hpp"
#include "models/cx/kpi_built_in.hpp"
#include "models/cx/kpi_definition.hpp"

namespace echoflow::kpis {

/// A KPI and who declares it. It counts what happens in that process, or everything when the server declares it.
struct Declaration {
  std::string process;  ///< its key; empty: the server
  cx::KpiDefinition definition;

  /// What tells it from all others: the name, for a process's own after the process's key and a blank.
  std::string id() const { return process.empty() ? definition.name : process + " " + definition.name; }

  template <class V>
  void fields(V& v) {
    auto& d = definition;
    v(1, process);
    v(2, d.name);
    v(3, d.title);
    one_more(v, 4, d.kind);
    one_more(v, 5, d.measure);
    v(6, d.from.activity);
    one_more(v, 7, d.from.moment);
    v(8, d.to.activity);
    one_more(v, 9, d.to.moment);
    v(10, d.built_in);
    one_more(v, 11, d.aggregate);
    real(v, 12, d.percentile);
    one_more(v, 13, d.window.kind);
    v(14, d.window.span.months);
    v(15, d.window.span.micros);
    v(16, d.window.count);
    v(17, d.group_by);
    v(18, d.calendar);
    v(19, d.unit);
    one_more(v, 20, d.direction);
    optional_real(v, 21, d.target);
    optional_real(v, 22, d.warning);
    optional_real(v, 23, d.critical);
    real(v, 24, d.hysteresis);
    one_more(v, 25, d.least_values);
  }

  std::string encode() const;
  bool decode(std::string_view bytes);

 private:
  template <class V>
  static void optional_real(V& v, std::uint32_t id, std::optional<double>& value) {
    std::vector<Real> list;
    if (value) list.push_back({*value});
    v(id, list);
    if (!list.empty()) value = list.back().value;
  }
  struct Real {
    double value = 0;
    template <class V>
    void fields(V& v) {
      real(v, 1, value);
    }
  };
};

/// Do both mean the same? Where they stand in their sources does not matter.
bool same(const Declaration& a, const Declaration& b);

/// Can it be computed? The failure names the KPI, what is wrong and what to write instead.
Result<void> check(const Declaration& declaration);

/// The unit of its values: as declared, or that of the measure.
std::string unit_of(const cx::KpiDefinition& definition);

}  // namespace echoflow::kpis

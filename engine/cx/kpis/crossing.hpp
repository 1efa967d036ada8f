#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/cx/kpis/bytes.hpp"
#include "engine/cx/kpis/level.hpp"
#include "models/base/time.hpp"
#include "models/messages/message.hpp"

namespace echoflow::kpis {

/// A KPI came to another level, in either direction.
struct Crossing {
  std::string process;  ///< that declares the KPI; empty: the server
  std::string kpi;      ///< its name
  std::string group;
  std::uint64_t number = 0;  ///< counts from 1 in its KPI and group, for ever
  InstanceId instance = 0;   ///< of an alarm value
  Level from = Level::normal, to = Level::normal;
  double value = 0;
  std::string unit;
  double crossed = 0;  ///< the limit that was crossed
  TimePoint at;
  friend bool operator==(const Crossing&, const Crossing&) = default;

  template <class V>
  void fields(V& v) {
    v(1, process);
    v(2, kpi);
    v(3, group);
    v(4, number);
    v(5, instance);
    v(6, from);
    v(7, to);
    real(v, 8, value);
    v(9, unit);
    real(v, 10, crossed);
    v(11, at);
  }
};
using Crossings = std::vector<Crossing>;

}  // namespace echoflow::kpis

#pragma once
#include "bpel/ast/element.hpp"

namespace echoflow::ast {

/// <cx:kpi> under <process>: the attributes as they were written, "" when absent.
struct Kpi : Element {
  std::string name, title, kind;
  std::string measure, from, to, of, built_in;  ///< what is measured
  std::string from_moment, to_moment;           ///< "start" or "end"
  std::string aggregate, percentile;
  std::string window, last, period;
  std::string group_by, calendar, unit, direction;
  std::string target, warning, critical, hysteresis, least_values;
};

}  // namespace echoflow::ast

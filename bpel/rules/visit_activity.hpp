#pragma once
#include <utility>

#include "bpel/ast/ast.hpp"

namespace echoflow::rules {

/// Calls `visitor` with the activity as what it is. Every kind of activity_kinds.def is handled, or this does not
/// compile.
template <class Visitor>
decltype(auto) visit_activity(const ast::Activity& activity, Visitor&& visitor) {
  switch (activity.kind) {
#define ECHOFLOW_ACTIVITY(enumerator, Type, element) \
  case ast::ActivityKind::enumerator:                \
    return std::forward<Visitor>(visitor)(static_cast<const ast::Type&>(activity));
#include "models/program/activity_kinds.def"
  }
  __builtin_unreachable();
}

}  // namespace echoflow::rules

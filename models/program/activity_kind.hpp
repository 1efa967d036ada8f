#pragma once
#include <cstdint>
#include <string_view>

namespace echoflow::program {

enum class ActivityKind : std::uint8_t {
#define ECHOFLOW_ACTIVITY(enumerator, Type, element) enumerator,
#include "models/program/activity_kinds.def"
};

/// The element's name in WS-BPEL 2.0: "repeatUntil".
constexpr std::string_view element_name(ActivityKind kind) {
  switch (kind) {
#define ECHOFLOW_ACTIVITY(enumerator, Type, element) \
  case ActivityKind::enumerator:                     \
    return element;
#include "models/program/activity_kinds.def"
  }
  return {};
}

}  // namespace echoflow::program

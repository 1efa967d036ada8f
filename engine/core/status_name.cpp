#include "engine/core/status_name.hpp"

namespace echoflow::engine {

std::string_view to_string(InstanceStatus status) {
  switch (status) {
    case InstanceStatus::running:
      return "running";
    case InstanceStatus::suspended:
      return "suspended";
    case InstanceStatus::completed:
      return "completed";
    case InstanceStatus::faulted:
      return "faulted";
    case InstanceStatus::terminated:
      return "terminated";
  }
  return "";
}

}  // namespace echoflow::engine

#include "engine/cx/policy/policy.hpp"

namespace echoflow::policy {

std::string_view to_string(Decision decision) {
  switch (decision) {
    case Decision::allowed:
      return "allowed";
    case Decision::needs_approval:
      return "needsApproval";
    case Decision::refused:
      return "refused";
  }
  return "";
}

}  // namespace echoflow::policy

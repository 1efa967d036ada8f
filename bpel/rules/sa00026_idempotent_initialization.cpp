#include <algorithm>
#include <array>

#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

// Functions of XPath 2.0 that give another value at another time; all others that the engine has give the same again.
constexpr std::array<std::string_view, 3> changing{"current-date", "current-dateTime", "current-time"};

}  // namespace

// WS-BPEL 2.0 Appendix B, SA00026 (§8.1): the initial values of variables around a start activity may be computed once
// for all instances, so they may only call idempotent functions. Decided by the functions' names.
void check_sa00026(const RuleContext& context, Findings& findings) {
  const Model& model = context.model;
  for (const auto& copy : model.copies()) {
    if (copy.copy != nullptr) continue;
    const auto holds_start = [&](const Site* start) { return copy.site->contains(*start); };
    if (std::none_of(model.start_activities().begin(), model.start_activities().end(), holds_start)) continue;
    const auto* expression = std::get_if<ast::Expression>(&copy.from->variant);
    const auto* facts = expression != nullptr ? context.expressions.of(*expression) : nullptr;
    if (facts == nullptr) continue;
    for (const auto& call : facts->calls)
      if (std::find(changing.begin(), changing.end(), call.name.local) != changing.end())
        findings.add(
            copy.from->origin.where,
            "The initial value calls " + call.written +
                "(), which gives another value every time, in a scope with a start activity; assign the value " +
                "after the start activity instead.");
  }
}

}  // namespace echoflow::rules

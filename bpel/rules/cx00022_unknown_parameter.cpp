#include <algorithm>

#include "bpel/rules/cx_activities.hpp"
#include "bpel/rules/rule.hpp"
#include "bpel/rules/words.hpp"

namespace echoflow::rules {
namespace {

void check_text(const ast::LocalText& text, const ast::PresentationElements& elements, Findings& findings) {
  for (auto at = text.text.find("{$"); at != std::string::npos; at = text.text.find("{$", at + 2)) {
    const auto end = text.text.find('}', at);
    const auto name = text.text.substr(at + 2, end == std::string::npos ? end : end - at - 2);
    const bool known = std::any_of(elements.parameters.begin(), elements.parameters.end(),
                                   [&](const ast::PresentationParameter& one) { return one.name == name; });
    if (!known)
      findings.add(text.origin.where, "The text names {$" + name +
                                          "}, which is no presentation parameter; add a <htd:presentationParameter> of "
                                          "this name, or correct it.");
  }
}

void check_presentation(const std::optional<ast::PresentationElements>& elements, Findings& findings) {
  if (!elements) return;
  for (const auto* texts : {&elements->subjects, &elements->descriptions})
    for (const auto& text : *texts) check_text(text, *elements, findings);
}

}  // namespace

// WS-HumanTask 1.1 §4.3: what stands in braces in a subject or a description is a presentation parameter.
void check_cx00022(const RuleContext& context, Findings& findings) {
  for_each_task(context, [&](const ast::HumanTask& task) { check_presentation(task.presentation, findings); });
  for_each_escalation(context, [&](const ast::Escalation& escalation) {
    for (const auto& notification : escalation.notifications) check_presentation(notification.presentation, findings);
  });
}

}  // namespace echoflow::rules

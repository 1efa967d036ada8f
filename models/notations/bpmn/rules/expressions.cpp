#include "models/base/namespaces.hpp"
#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

/// An element whose type is Expression: only with xsi:type it is a formal one.
struct Place {
  std::string_view parent;
  std::string_view element;
  bool boolean;
};

// BPMN 2.0 §8.4.6 (expressions), and where each stands.
constexpr Place places[] = {
    {"sequenceFlow", "conditionExpression", true},
    {"adHocSubProcess", "completionCondition", true},
    {"multiInstanceLoopCharacteristics", "completionCondition", true},
    {"multiInstanceLoopCharacteristics", "loopCardinality", false},
    {"standardLoopCharacteristics", "loopCondition", true},
    {"complexGateway", "activationCondition", true},
    {"conditionalEventDefinition", "condition", true},
    {"timerEventDefinition", "timeDate", false},
    {"timerEventDefinition", "timeDuration", false},
    {"timerEventDefinition", "timeCycle", false},
    {"assignment", "from", false},
    {"assignment", "to", false},
};
/// Of type FormalExpression by the schema.
constexpr Place formal_places[] = {
    {"complexBehaviorDefinition", "condition", true},
    {"dataInputAssociation", "transformation", false},
    {"dataOutputAssociation", "transformation", false},
    {"correlationPropertyBinding", "dataPath", false},
    {"correlationPropertyRetrievalExpression", "messagePath", false},
    {"resourceAssignmentExpression", "formalExpression", false},
    {"resourceParameterBinding", "formalExpression", false},
};

bool is_formal(const Checking& c, xml::NodeIndex n) {
  const auto type = trimmed(c.source.document().attribute(n, "type", ns::xsi).value_or(std::string_view{}));
  const auto colon = type.rfind(':');
  return type.substr(colon == std::string_view::npos ? 0 : colon + 1) == "tFormalExpression";
}

/// A number or a text by itself is neither true nor false.
bool is_other_literal(std::string_view text) {
  if (text.size() > 1 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
    return text.find(text.front(), 1) == text.size() - 1;
  if (text.empty()) return false;
  bool digit = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool number = text[i] >= '0' && text[i] <= '9';
    digit = digit || number;
    if (!number && text[i] != '.' && !(i == 0 && (text[i] == '-' || text[i] == '+'))) return false;
  }
  return digit;
}

/// Natural language has neither operators nor variables.
bool is_no_plain_words(const std::string& text) {
  return text.find_first_of("<>=!$#{}()[]\"'&|+*/.") != std::string::npos;
}

/// A number that is not whole, a text, or a truth value.
bool is_no_count(const std::string& text) {
  if (text == "true" || text == "false" || text == "true()" || text == "false()") return true;
  return is_other_literal(text) && text.find_first_not_of("+-0123456789") != std::string::npos;
}

void check_one(Checking& c, xml::NodeIndex n, const Place& place, bool formal) {
  const auto owner = c.source.document().parent(n);
  const std::string what = "The " + std::string(place.element) + " of " + c.call(owner);
  const std::string text = c.source.text(n);
  if (!formal && c.is_executable(n)) {
    // Conditions of flows are written so by hand and by many tools; what is no plain words is read as a formal one.
    const bool kind = place.element == "conditionExpression" && is_no_plain_words(text);
    c.report(
        kind ? "BPMN0312" : "BPMN0309", n,
        what + " is no formal expression: write xsi:type=\"tFormalExpression\" on it, so that it can be evaluated.");
  }
  if (text.empty() && c.source.document().first_child_element(n) == xml::no_node)
    c.report("BPMN0310", n, what + " is empty: write the expression.");
  if (place.element == "loopCardinality" && is_no_count(text))
    c.report("BPMN0313", n, what + " is \"" + shown(text) + "\", which is no whole number: write how many instances.");
  if (place.boolean && is_other_literal(text))
    c.report("BPMN0311", n, what + " is \"" + shown(text) + "\", which is neither true nor false: write a condition.");
}

}  // namespace

void check_expressions(Checking& c) {
  const auto& document = c.source.document();
  for (const auto& place : places)
    for (const auto n : c.all(place.element))
      if (c.source.is(document.parent(n), place.parent)) check_one(c, n, place, is_formal(c, n));
  for (const auto& place : formal_places)
    for (const auto n : c.all(place.element))
      if (c.source.is(document.parent(n), place.parent)) check_one(c, n, place, true);
  for (const auto n : c.all("expression"))
    if (c.is_executable(n) && !is_formal(c, n))
      c.report("BPMN0309", n,
               "The expression of " + c.call(document.parent(n)) +
                   " is not formal: write formalExpression, so that it can be evaluated.");
}

}  // namespace echoflow::bpmn

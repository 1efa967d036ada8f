#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

/// What may happen at an event, by where it stands. Words are event definitions without "EventDefinition".
struct Position {
  std::string_view name;
  std::string_view allowed;
  bool plain;  // may have no definition
};

// BPMN 2.0 §10.5.2 to §10.5.4, Tables 10.84 to 10.90.
constexpr Position start{"start event", "message|timer|conditional|signal", true};
constexpr Position event_sub_process_start{"start event of an event sub-process",
                                           "message|timer|error|escalation|compensate|conditional|signal", false};
constexpr Position parallel_start{"start event that does not interrupt", "message|timer|escalation|conditional|signal",
                                  false};
constexpr Position sub_process_start{"start event of a sub-process", "", true};
constexpr Position catching{"intermediate catching event", "message|timer|conditional|link|signal", false};
constexpr Position throwing{"intermediate throwing event", "message|escalation|compensate|link|signal", true};
constexpr Position interrupting{"boundary event", "message|timer|error|escalation|cancel|compensate|conditional|signal",
                                false};
constexpr Position not_interrupting{"boundary event that does not interrupt",
                                    "message|timer|escalation|conditional|signal", false};
constexpr Position end{"end event", "message|error|escalation|cancel|compensate|signal|terminate", true};

const Position* position_of(const Checking& c, xml::NodeIndex n) {
  if (c.source.is(n, "endEvent")) return &end;
  if (c.source.is(n, "intermediateCatchEvent")) return &catching;
  if (c.source.is(n, "intermediateThrowEvent")) return &throwing;
  if (c.source.is(n, "boundaryEvent"))
    return c.source.flag(n, "cancelActivity", true) ? &interrupting : &not_interrupting;
  if (!c.source.is(n, "startEvent")) return nullptr;
  const auto scope = c.scope(n);
  if (c.is_event_sub_process(scope))
    return c.source.flag(n, "isInterrupting", true) ? &event_sub_process_start : &parallel_start;
  return c.is_sub_process(scope) ? &sub_process_start : &start;
}

bool is_allowed(std::string_view kind, std::string_view allowed) {
  while (!allowed.empty()) {
    const auto bar = allowed.find('|');
    if (kind == allowed.substr(0, bar)) return true;
    allowed = bar == std::string_view::npos ? std::string_view{} : allowed.substr(bar + 1);
  }
  return false;
}

std::string list(std::string_view allowed) {
  std::string text;
  for (const char c : allowed) text += c == '|' ? std::string(", ") : std::string(1, c);
  return text.empty() ? "none" : text;
}

void check_type(Checking& c, xml::NodeIndex n, const Position& position) {
  const auto definitions = c.definitions(n);
  if (definitions.empty() && !position.plain && c.source.children(n, "eventDefinitionRef").empty())
    c.report("BPMN0801", n,
             "The " + c.call(n) + " says nothing of what it waits for: a" +
                 std::string(position.name.front() == 'e' || position.name.front() == 'i' ? "n " : " ") +
                 std::string(position.name) + " needs an event definition (" + list(position.allowed) + ").");
  for (const auto definition : definitions) {
    auto kind = c.source.local(definition);
    kind.remove_suffix(std::string_view("EventDefinition").size());
    if (!is_allowed(kind, position.allowed))
      c.report("BPMN0802", n,
               "The " + c.call(n) + " has a definition of kind " + std::string(kind) + ", which a " +
                   std::string(position.name) + " cannot have; allowed: " + list(position.allowed) + ".");
  }
}

// BPMN 2.0 §10.5.3, §10.5.4: only transactions are cancelled.
void check_cancel(Checking& c, xml::NodeIndex n) {
  if (!c.has_definition(n, "cancelEventDefinition")) return;
  if (c.source.is(n, "boundaryEvent")) {
    const auto host = c.source.resolve_attribute(n, "attachedToRef");
    if (host != xml::no_node && !c.source.is(host, "transaction"))
      c.report("BPMN0803", n,
               "The " + c.call(n) + " waits for the cancelling of " + c.call(host) +
                   ", which is no transaction: make it one or choose another event.");
  }
  if (!c.source.is(n, "endEvent")) return;
  for (auto scope = c.scope(n); scope != xml::no_node; scope = c.scope(scope))
    if (c.source.is(scope, "transaction")) return;
  c.report("BPMN0804", n,
           "The " + c.call(n) +
               " cancels, but stands in no transaction: put it into one or choose another "
               "event.");
}

struct Trigger {
  std::string_view definition;
  std::string_view reference;
  std::string_view what;
  bool when_caught;  // needed in catching events too
};
// BPMN 2.0 §10.5.5: what an executable model must say.
constexpr Trigger triggers[] = {
    {"messageEventDefinition", "messageRef", "message", true},
    {"signalEventDefinition", "signalRef", "signal", true},
    {"errorEventDefinition", "errorRef", "error", false},
    {"escalationEventDefinition", "escalationRef", "escalation", false},
};

bool throws(const Checking& c, xml::NodeIndex n) {
  return c.source.is(n, "endEvent") || c.source.is(n, "intermediateThrowEvent");
}

void check_code(Checking& c, xml::NodeIndex n, xml::NodeIndex definition, std::string_view reference,
                std::string_view code) {
  const auto target = c.source.resolve_attribute(definition, reference);
  if (target != xml::no_node && c.source.attribute(target, code).empty())
    c.report("BPMN0806", n,
             "The " + c.call(n) + " throws the " + c.call(target) + ", which has no " + std::string(code) +
                 ": give it one.");
}

/// Tools whose throwing message events run work of their own name no message there.
bool says_elsewhere(const Checking& c, xml::NodeIndex definition, xml::NodeIndex n) {
  return c.names_messages_only() && throws(c, n) && c.source.is(definition, "messageEventDefinition");
}

void check_triggers(Checking& c, xml::NodeIndex n) {
  if (!c.is_executable(n)) return;
  for (const auto definition : c.definitions(n)) {
    for (const auto& trigger : triggers)
      if (c.source.is(definition, trigger.definition) && (trigger.when_caught || throws(c, n)) &&
          c.source.attribute(definition, trigger.reference).empty() && !says_elsewhere(c, definition, n))
        c.report("BPMN0805", n,
                 "The " + c.call(n) + " does not say which " + std::string(trigger.what) + " it is about: add " +
                     std::string(trigger.reference) + ".");
    if (throws(c, n) && c.source.is(definition, "escalationEventDefinition"))
      check_code(c, n, definition, "escalationRef", "escalationCode");
    if (throws(c, n) && c.source.is(definition, "errorEventDefinition"))
      check_code(c, n, definition, "errorRef", "errorCode");
    if (c.source.is(definition, "messageEventDefinition") && !c.names_messages_only() &&
        c.source.child(definition, "operationRef") == xml::no_node)
      c.report("BPMN0807", n,
               "The " + c.call(n) +
                   " does not say by which operation its message goes: add operationRef to "
                   "its definition.");
  }
}

}  // namespace

void check_event_types(Checking& c) {
  for (const auto n : c.source.elements()) {
    if (!c.is_event(n)) continue;
    const auto scope = c.scope(n);
    if (const auto* position = position_of(c, n); position && c.process(scope) != xml::no_node)
      check_type(c, n, *position);
    check_cancel(c, n);
    check_triggers(c, n);
    if (c.source.flag(n, "parallelMultiple", false) && c.definitions(n).size() < 2)
      c.report("BPMN0808", n,
               "The " + c.call(n) +
                   " waits for several events at once (parallelMultiple) but has fewer than "
                   "two definitions: add one or remove the attribute.");
  }
}

}  // namespace echoflow::bpmn

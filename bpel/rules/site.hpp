#pragma once
#include <optional>
#include <string>
#include <vector>

#include "bpel/ast/ast.hpp"

namespace echoflow::rules {

/// What a place in the process is: the process itself, an activity, a handler, or a branch of a pick.
enum class SiteKind {
  process,
  activity,
  catch_,
  catch_all,
  compensation_handler,
  termination_handler,
  on_event,
  on_alarm,      ///< of event handlers
  pick_message,  ///< <onMessage> of a pick
  pick_alarm,    ///< <onAlarm> of a pick
};

enum class VariableOrigin { declared, on_event, for_each_counter, fault };

/// A variable that a site declares, explicitly or implicitly (WS-BPEL 2.0 §8.1, §11.7, §12.5, §12.7.1).
struct Variable {
  std::string name;
  VariableOrigin origin = VariableOrigin::declared;
  std::optional<QName> message_type, type, element;
  SourceLocation where;
};

/// One place of the lexical structure. The site of a scope is the scope activity's own.
struct Site {
  SiteKind kind = SiteKind::activity;
  const Site* parent = nullptr;
  const ast::Element* element = nullptr;
  const ast::Activity* activity = nullptr;  ///< of an activity
  const ast::ScopeBody* body = nullptr;     ///< of a process or scope
  const ast::OnEvent* on_event = nullptr;   ///< of an <onEvent>
  std::vector<Variable> variables;
  std::vector<const Site*> children;  ///< in document order, as far as the AST keeps it
  std::size_t index = 0;              ///< in preorder
  std::size_t last = 0;               ///< the index of the last site below this one

  const SourceLocation& where() const { return element->origin.where; }
  bool contains(const Site& other) const { return index <= other.index && other.index <= last; }
  bool is(ast::ActivityKind activity_kind) const { return activity != nullptr && activity->kind == activity_kind; }
};

/// A <catch>, <catchAll>, <compensationHandler> or <terminationHandler>.
bool is_fct_handler(const Site& site);
bool is_fault_handler(const Site& site);
bool is_event_handler(const Site& site);
bool is_handler(const Site& site);
/// A process, a scope, or an invoke whose inline handlers make an implicit scope around it (§10.3).
bool is_scope(const Site& site);
bool has_inline_handlers(const ast::Invoke& invoke);
/// while, repeatUntil, forEach and the two kinds of event handlers.
bool is_repeatable(const Site& site);
/// The nearest scope around a site, not the site itself; null above the process.
const Site* enclosing_scope(const Site& site);
/// The nearest site above that fulfils the predicate; null when there is none.
template <class Predicate>
const Site* nearest_above(const Site& site, Predicate predicate) {
  for (const Site* s = site.parent; s != nullptr; s = s->parent)
    if (predicate(*s)) return s;
  return nullptr;
}

/// "<receive name="order">": what a finding calls an element.
std::string tag(const ast::Element& element);

}  // namespace echoflow::rules

#pragma once
#include "bpel/rules/rule.hpp"

namespace echoflow::rules {

/// What can be known of one end of a copy before it runs.
enum class EndKind {
  unknown,
  selected,     ///< what a path, a query or a function gives: anything but a whole message
  element,      ///< an element information item
  not_element,  ///< text, an attribute, or a value without a node
  message,      ///< a whole variable of a WSDL message type
};

EndKind kind_of(const RuleContext& context, const CopySite& copy, const ast::From& from);
EndKind kind_of(const RuleContext& context, const CopySite& copy, const ast::To& to);

}  // namespace echoflow::rules

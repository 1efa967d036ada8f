#include "bpel/rules/property_use.hpp"

#include <algorithm>

namespace echoflow::rules {
namespace {

template <class Matches>
bool any_alias(const RuleContext& context, const QName& property, Matches matches) {
  const auto& aliases = context.loaded.definitions.aliases;
  return std::any_of(aliases.begin(), aliases.end(), [&](const wsdl::PropertyAlias& alias) {
    return alias.property == property && matches(alias) && context.imports.imports_definition(alias.where.file);
  });
}

bool same(const std::optional<QName>& a, const QName& b) {
  return a && !b.empty() && *a == b;
}

}  // namespace

// A message with one part may be received into a variable of that part's element, so that an alias for it will do as
// well.
bool has_alias(const RuleContext& context, const QName& property, const wsdl::Message& message) {
  return any_alias(context, property, [&](const wsdl::PropertyAlias& alias) {
    if (alias.message_type == message.name) return true;
    if (message.parts.size() != 1) return false;
    const auto& part = message.parts.front();
    return (!alias.element.empty() && alias.element == part.element) ||
           (!alias.type.empty() && alias.type == part.type);
  });
}

bool has_alias(const RuleContext& context, const QName& property, const Variable& variable) {
  return any_alias(context, property, [&](const wsdl::PropertyAlias& alias) {
    return same(variable.message_type, alias.message_type) || same(variable.type, alias.type) ||
           same(variable.element, alias.element);
  });
}

// WS-BPEL 2.0 §9.2: the pattern of an invoke's correlation says whether the request, the response or both are meant.
void for_each_correlated_message(const MessageActivity& activity, const ast::Correlation& correlation,
                                 const std::function<void(const wsdl::Message&)>& visit) {
  const bool is_invoke = activity.kind == MessageActivityKind::invoke;
  const bool request = !is_invoke || correlation.pattern != "response";
  const bool response = !is_invoke || correlation.pattern == "response" || correlation.pattern == "request-response";
  if (activity.outgoing && activity.outgoing->message != nullptr && request) visit(*activity.outgoing->message);
  if (activity.incoming && activity.incoming->message != nullptr && response) visit(*activity.incoming->message);
}

}  // namespace echoflow::rules

#include "engine/behaviors/fault_matching.hpp"

namespace echoflow::engine::faults {

using program::Catch;

namespace {

bool catches_message(const program::Program& program, const Catch& handler, const Fault& fault) {
  return !fault.message_type.empty() && handler.message_type != program::none &&
         program.message_types[handler.message_type].name == fault.message_type;
}

QName element_name(const Parts& parts) {
  if (parts.size() != 1 || !parts[0]) return {};
  auto element = parts[0]->document_element();
  return element == xml::no_node ? QName{} : parts[0]->qname(element);
}

/// The element of a fault without a message type.
bool catches_element(const Catch& handler, const Fault& fault) {
  return fault.message_type.empty() && !handler.element.empty() && handler.element == element_name(fault.parts);
}

/// The element of a message with a single part that is defined by an element.
bool catches_single_part(const Catch& handler, const Fault& fault) {
  return !fault.message_type.empty() && !handler.element.empty() && handler.element == element_name(fault.parts);
}

bool has_variable(const Catch& handler) {
  return handler.message_type != program::none || !handler.element.empty();
}

template <class Test>
std::optional<Handler> first(const program::Scope& scope, Test&& test) {
  for (std::uint32_t i = 0; i < scope.catches.size(); ++i)
    if (test(scope.catches[i])) return Handler{i, scope.catches[i].activity, scope.catches[i].fault_variable, false};
  return std::nullopt;
}

std::optional<Handler> with_element(std::optional<Handler> handler) {
  if (handler) handler->takes_element = true;
  return handler;
}

std::optional<Handler> match_with_data(const program::Program& program, const program::Scope& scope,
                                       const Fault& fault) {
  // The order of the specification: name and type, name and single element, name alone, type alone, single element
  // alone.
  auto named = [&](const Catch& c) { return !c.fault_name.empty() && c.fault_name == fault.name; };
  auto typed = [&](const Catch& c) { return catches_message(program, c, fault) || catches_element(c, fault); };
  if (auto found = first(scope, [&](const Catch& c) { return named(c) && typed(c); })) return found;
  if (auto found = first(scope, [&](const Catch& c) { return named(c) && catches_single_part(c, fault); }))
    return with_element(found);
  if (auto found = first(scope, [&](const Catch& c) { return named(c) && !has_variable(c); })) return found;
  if (auto found = first(scope, [&](const Catch& c) { return c.fault_name.empty() && typed(c); })) return found;
  return with_element(
      first(scope, [&](const Catch& c) { return c.fault_name.empty() && catches_single_part(c, fault); }));
}

std::optional<Handler> match_without_data(const program::Scope& scope, const Fault& fault) {
  return first(scope, [&](const Catch& c) { return c.fault_name == fault.name && !has_variable(c); });
}

}  // namespace

std::optional<Handler> match_handler(const program::Program& program, const program::Scope& scope, const Fault& fault) {
  // A message without parts is data, too.
  const bool has_data = fault.has_data() || !fault.message_type.empty();
  auto found = has_data ? match_with_data(program, scope, fault) : match_without_data(scope, fault);
  if (!found && scope.catch_all != program::none)
    found = Handler{static_cast<std::uint32_t>(scope.catches.size()), scope.catch_all, program::none, false};
  return found;
}

Parts fault_variable_parts(const Handler& handler, const Fault& fault) {
  if (handler.takes_element) return {fault.parts[0]};
  return fault.parts;
}

}  // namespace echoflow::engine::faults

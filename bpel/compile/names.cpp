#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {
namespace {

/// WS-BPEL 2.0 §12.1: the innermost declaration counts.
template <class Table>
std::uint32_t find(const Environment* names, Table table, const std::string& name) {
  for (; names; names = names->outer) {
    const auto& declared = names->*table;
    if (auto it = declared.find(name); it != declared.end()) return it->second;
  }
  return program::none;
}

template <class Table>
std::uint32_t find_or_report(Compiler& compiler, const Place& place, Table table, const std::string& name,
                             const char* what, const SourceLocation& where) {
  const std::uint32_t id = find(place.names, table, name);
  if (id == program::none)
    compiler.error("BPEL", where,
                   std::string("The ") + what + " '" + name +
                       "' is not declared in an enclosing scope; declare it or correct the name.");
  return id;
}

}  // namespace

program::VariableId Compiler::variable(const std::string& name, const Place& place, const SourceLocation& where) {
  return find_or_report(*this, place, &Environment::variables, name, "variable", where);
}

program::PartnerLinkId Compiler::partner_link(const std::string& name, const Place& place,
                                              const SourceLocation& where) {
  return find_or_report(*this, place, &Environment::partner_links, name, "partner link", where);
}

program::CorrelationSetId Compiler::correlation_set(const std::string& name, const Place& place,
                                                    const SourceLocation& where) {
  return find_or_report(*this, place, &Environment::correlation_sets, name, "correlation set", where);
}

program::MessageExchangeId Compiler::message_exchange(const std::string& name, const Place& place,
                                                      const SourceLocation& where) {
  return find_or_report(*this, place, &Environment::message_exchanges, name, "message exchange", where);
}

program::LinkId Compiler::link(const std::string& name, const Place& place, const SourceLocation& where) {
  return find_or_report(*this, place, &Environment::links, name, "link", where);
}

}  // namespace echoflow::compile

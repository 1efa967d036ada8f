#pragma once
#include "models/program/program.hpp"
#include "models/records/events.hpp"

/// True when all that an event names exists in the program: a journal of another version, or a damaged one, does not
/// pass.
namespace echoflow::engine {

template <class E>
bool belongs(const program::Program&, const E&) {
  return true;
}
inline bool belongs(const program::Program& program, const records::ActivityCreated& e) {
  return e.node < program.nodes.size();
}
inline bool belongs(const program::Program& program, const records::LinkDetermined& e) {
  return e.link < program.links.size();
}
inline bool belongs(const program::Program& program, const records::LinkHeld& e) {
  return e.link < program.links.size();
}
inline bool belongs(const program::Program& program, const records::VariableSet& e) {
  return e.variable < program.variables.size();
}
inline bool belongs(const program::Program& program, const records::VariablePartSet& e) {
  return e.variable < program.variables.size();
}
inline bool belongs(const program::Program& program, const records::CorrelationSetInitiated& e) {
  return e.set < program.correlation_sets.size();
}
inline bool belongs(const program::Program& program, const records::PartnerLinkAssigned& e) {
  return e.partner_link < program.partner_links.size();
}
inline bool belongs(const program::Program& program, const records::ExchangeOpened& e) {
  return e.node < program.nodes.size();
}

}  // namespace echoflow::engine

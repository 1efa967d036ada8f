#include "engine/behaviors/isolation.hpp"

#include <set>

#include "engine/behaviors/accesses.hpp"

namespace echoflow::engine::isolation {

using instances::Isolation;

namespace {

/// A variable, partner link or correlation set instance outside the scope.
struct Claim {
  AccessKind kind;
  ActivityId owner;
  std::uint32_t id;
  friend auto operator<=>(const Claim&, const Claim&) = default;
};
struct Claims {
  std::set<Claim> reads, writes;
};

NodeId declaring_scope(const Program& program, const Access& access) {
  switch (access.kind) {
    case AccessKind::variable:
      return program.variables[access.id].scope;
    case AccessKind::partner_link:
      return program.partner_links[access.id].scope;
    case AccessKind::correlation_set:
      return program.correlation_sets[access.id].scope;
  }
  return program::none;
}

Claims claims_of(const StepContext& context, const Activity& scope) {
  Claims claims;
  for (const Access& access : accesses_below(context.program(), scope.node)) {
    // What the scope declares itself is found nowhere outside.
    const Activity* owner = find_scope(context.state(), scope.scope, declaring_scope(context.program(), access));
    if (owner == nullptr) continue;
    (access.writes ? claims.writes : claims.reads).insert({access.kind, owner->id, access.id});
  }
  return claims;
}

bool touch(const std::set<Claim>& writes, const Claims& other) {
  for (const Claim& claim : writes)
    if (other.reads.contains(claim) || other.writes.contains(claim)) return true;
  return false;
}

bool conflict(const Claims& a, const Claims& b) {
  return touch(a.writes, b) || touch(b.writes, a);
}

/// True when nobody who came earlier (holding or waiting) needs what this scope needs.
bool may_enter(const StepContext& context, const Activity& scope) {
  const Claims mine = claims_of(context, scope);
  for (ActivityId earlier : context.state().isolation_queue) {
    if (earlier == scope.id) return true;
    const Activity* other = context.find(earlier);
    if (other != nullptr && conflict(mine, claims_of(context, *other))) return false;
  }
  return true;
}

}  // namespace

bool acquire(StepContext& context, ActivityId id) {
  const Activity& scope = *context.find(id);
  if (!context.program().as<program::Scope>(scope.node).isolated || scope.scope_data->isolation == Isolation::held)
    return true;
  if (scope.scope_data->isolation == Isolation::waiting) return false;
  const bool enters = may_enter(context, scope);
  context.emit(records::IsolationChanged{id, enters ? Isolation::held : Isolation::waiting});
  return enters;
}

void release(StepContext& context, ActivityId id) {
  const Activity* scope = context.find(id);
  if (scope == nullptr || scope->scope_data->isolation == Isolation::none) return;
  context.emit(records::IsolationChanged{id, Isolation::none});
  const auto queue = context.state().isolation_queue;
  for (ActivityId waiting : queue) {
    const Activity* next = context.find(waiting);
    if (next == nullptr || next->scope_data->isolation != Isolation::waiting || !may_enter(context, *next)) continue;
    context.emit(records::IsolationChanged{waiting, Isolation::held});
    context.queue_start(waiting);
  }
}

}  // namespace echoflow::engine::isolation

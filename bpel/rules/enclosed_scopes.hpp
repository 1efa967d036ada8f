#pragma once
#include <string>
#include <vector>

#include "bpel/rules/site.hpp"

namespace echoflow::rules {

/// The scopes (with the invokes that inline handlers make scopes of) right below a site, not those in further scopes.
/// Fault, compensation and termination handlers are not entered, event handlers are.
std::vector<const Site*> immediately_enclosed_scopes(const Site& site);
/// The name of an activity's site, "" for others.
std::string activity_name(const Site& site);
/// The sites whose name a <compensateScope> can mean: those scopes, and invokes without handlers, which are no scopes
/// and so no possible target, but are what was meant (SA00078).
std::vector<const Site*> compensation_targets(const Site& compensate_scope);

}  // namespace echoflow::rules

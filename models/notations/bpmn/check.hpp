#pragma once
#include <string>

#include "models/base/diagnostic.hpp"
#include "models/xml/tree.hpp"

namespace echoflow::bpmn {

/// The rules of BPMN 2.0 (docs/bpmn-rules.md) on a document read with positions: ids BPMN0101 … BPMN1499, in the
/// document's order. The document element must be BPMN's definitions; for anything else there is nothing to find. Rules
/// of execution bind the processes that say isExecutable="true"; elsewhere they are warnings, also when such a process
/// is deployed: what cannot be run is refused by its translation.
Diagnostics check(const xml::Document& document, const std::string& file);

}  // namespace echoflow::bpmn

#pragma once
#include <cstdint>
#include <string>

#include "models/base/diagnostic.hpp"
#include "models/xml/tree.hpp"

namespace echoflow::bpmn {

/// How strict the check is.
enum class Purpose : std::uint8_t {
  drawing,    ///< import: rules of execution are warnings where the process is not executable
  execution,  ///< deployment: every process is to be executed that does not say isExecutable="false"
};

/// The rules of BPMN 2.0 (docs/bpmn-rules.md) on a document read with positions: ids BPMN0101 … BPMN1499, in the
/// document's order. The document element must be BPMN's definitions; for anything else there is nothing to find.
Diagnostics check(const xml::Document& document, const std::string& file, Purpose purpose = Purpose::drawing);

}  // namespace echoflow::bpmn

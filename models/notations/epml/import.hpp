#pragma once
#include <string>
#include <string_view>

#include "models/graph/import_report.hpp"

namespace echoflow::epml {

/// Reads event-driven process chains in EPML (http://www.epml.de), versions 1.0 to 2.0 and what tools make of them:
/// each <epc> becomes a process. Every element has a line in the report. `file` names the bytes in findings. Never
/// throws: bytes that are no EPML give an empty graph with an error of rule "EPML"; docs/epc-rules.md has the rest.
graph::Imported import(std::string_view bytes, const std::string& file);

}  // namespace echoflow::epml

#pragma once
#include <string>
#include <string_view>

#include "models/graph/import_report.hpp"

namespace echoflow::aml {

/// Reads event-driven process chains out of an ARIS export (AML, versions 6.2, 7.1 and 10): each model of an EPC type
/// becomes a process; function allocation diagrams add to its functions who and what takes part in them; other models
/// are reported as left out. Every element has a line in the report. `file` names the bytes in findings. Never throws:
/// bytes that are no AML give an empty graph with an error of rule "AML"; docs/epc-rules.md has the rest.
graph::Imported import(std::string_view bytes, const std::string& file);

}  // namespace echoflow::aml

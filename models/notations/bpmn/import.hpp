#pragma once
#include <string>
#include <string_view>

#include "models/graph/import_report.hpp"

namespace echoflow::bpmn {

/// Reads a BPMN 2.0 file: processes, collaborations, data and the drawing (BPMN DI). Every element of the source has a
/// line in the report. `file` names the bytes in findings. Never throws: bytes that are no BPMN 2.0 give an empty graph
/// with an error that says what they seem to be. The rules of docs/bpmn-rules.md are checked as well; what only
/// hinders execution is an error in executable processes and a warning in drawn ones.
graph::Imported import(std::string_view bytes, const std::string& file);

}  // namespace echoflow::bpmn

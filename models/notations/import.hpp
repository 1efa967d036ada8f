#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "models/graph/import_report.hpp"

/// Models of any notation that is read here: what a file is, and its graph.
namespace echoflow::notations {

/// The notation of a file, told by its document element; nullopt when it is none of those that are imported. BPEL is
/// not among them: it is no model to import but what runs.
std::optional<graph::Notation> recognise(std::string_view bytes);

/// Reads a BPMN 2.0, ARIS AML or EPML file by its content. Anything else gives an empty graph and one finding of rule
/// "MODEL" that says what is accepted.
graph::Imported import_model(std::string_view bytes, const std::string& file);

}  // namespace echoflow::notations

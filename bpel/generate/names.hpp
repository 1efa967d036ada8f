#pragma once
#include <string>
#include <string_view>

#include "models/graph/process_graph.hpp"

/// Names that the flow and the content of a generated process must agree on.
namespace echoflow::generate {

/// The namespace of all that is made from a model; the prefix tns stands for it.
std::string target_namespace(const graph::ProcessGraph& graph);
/// The BPEL fault ("tns:…") that stands for an error or escalation, by the id of its definition: made of its code, else
/// of its name or id.
std::string fault_name(const graph::ProcessGraph& graph, const std::string& definition);
/// A name that may be spoken ("Grund der Absage") as the name of a variable: letters that BPEL does not take become
/// '_'.
std::string plain_name(std::string_view name);

}  // namespace echoflow::generate

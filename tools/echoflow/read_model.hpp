#pragma once
#include <string>

#include "models/graph/import_report.hpp"

namespace echoflow::tool {

/// The graph of a model in any notation, BPEL included; `file` is its name, for findings and for telling the notation.
/// Where errors are found the graph may be empty.
graph::Imported read_model(const std::string& bytes, const std::string& file);

}  // namespace echoflow::tool

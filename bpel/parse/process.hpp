#pragma once
#include <string>

#include "bpel/ast/ast.hpp"
#include "bpel/source/source_set.hpp"
#include "models/base/diagnostic.hpp"

namespace echoflow::parse {

/// Reads the WS-BPEL 2.0 process in `file`. Findings have rule "XML" (no readable XML) or "BPEL" (what the XML Schema
/// of WS-BPEL 2.0 forbids), in the order of their lines; as much of the process as could be read is in the result even
/// then.
ast::Process parse_process(const std::string& file, const source::SourceSet& sources, Diagnostics& findings);

}  // namespace echoflow::parse

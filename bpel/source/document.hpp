#pragma once
#include <string>

#include "bpel/source/source_set.hpp"
#include "models/base/diagnostic.hpp"
#include "models/xml/tree.hpp"

namespace echoflow::source {

/// Parses one file of the deployment, with positions. null and a finding (rule "XML") when it is absent, is not
/// well-formed, or passes a limit.
xml::DocumentPtr read_document(const SourceSet& set, const std::string& file, Diagnostics& findings);

/// Where a node stands; a node without a position of its own stands where its nearest ancestor does.
SourceLocation location_of(const xml::Document& document, xml::NodeIndex node, const std::string& file);

}  // namespace echoflow::source

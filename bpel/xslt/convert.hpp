#pragma once
#include "bpel/xslt/session.hpp"
#include "models/xml/tree.hpp"

namespace echoflow::xslt {

/// A new document with a copy of the nodes (elements with all namespaces in scope) as its children. Null when out of
/// memory.
XmlDocument to_libxml(const std::vector<xml::NodeRef>& nodes);
xml::DocumentPtr from_libxml(const xmlDoc& document);

}  // namespace echoflow::xslt

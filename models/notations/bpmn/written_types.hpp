#pragma once
#include "models/xml/tree.hpp"

namespace echoflow::bpmn {

/// Tools that write what their model holds, rather than what the schema's examples show, write an element by the name
/// of its base and say in xsi:type what it is: `<flowElement xsi:type="tTask">` is a task. Such elements get the name
/// of their type, so that readers and rules know one way to write each.
void name_by_type(xml::Document& document);

}  // namespace echoflow::bpmn

#pragma once
#include <string>
#include <string_view>

#include "models/graph/process_graph.hpp"

namespace echoflow::generate {

/// Zeebe says in extension elements of this namespace what the tools below say in attributes.
inline constexpr std::string_view element_tool = "http://camunda.org/schema/zeebe/1.0";

/// An attribute that Camunda, Activiti or Flowable write at an element of BPMN; empty: there is none.
std::string tool_attribute(const graph::Node& node, std::string_view name);

}  // namespace echoflow::generate

#include "bpel/generate/content/tool_words.hpp"

namespace echoflow::generate {

namespace {

constexpr std::string_view attribute_tools[] = {"http://camunda.org/schema/1.0/bpmn", "http://activiti.org/bpmn",
                                                "http://flowable.org/bpmn"};

}  // namespace

std::string tool_attribute(const graph::Node& node, std::string_view name) {
  for (const graph::Attribute& attribute : node.attributes)
    for (const std::string_view tool : attribute_tools)
      if (attribute.name == "{" + std::string(tool) + "}" + std::string(name)) return attribute.value;
  return {};
}

}  // namespace echoflow::generate

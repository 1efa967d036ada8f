#include "adapters/rest/task_outcome.hpp"

#include <memory>

#include "models/cx/namespaces.hpp"
#include "models/xml/schema.hpp"

namespace echoflow::rest {

void add_outcome(const program::Program& program, const program::MessageType& type, tasks::Command& command) {
  const bool one_element = type.parts.size() == 1 && type.parts[0].form == program::ValueForm::element;
  if (command.outcome.empty() || !one_element || !program.schemas) return;
  const QName& name = type.parts[0].element;
  std::shared_ptr<xml::Document> output;
  if (command.parts && !command.parts->empty() && command.parts->front())
    output = std::make_shared<xml::Document>(*command.parts->front());
  else
    output = std::make_shared<xml::Document>();
  auto root = output->document_element();
  if (root == xml::no_node) root = output->append_element(xml::root_node, name.ns, name.local);
  output->set_attribute(root, ns::cx, "outcome", command.outcome, "cx");
  if (!program.schemas->has_element(name) || !program.schemas->validate_element(*output, root).empty()) return;
  command.parts = Parts{std::move(output)};
}

}  // namespace echoflow::rest

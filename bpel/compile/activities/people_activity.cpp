#include "bpel/ast/find_task.hpp"
#include "bpel/compile/compiler.hpp"
#include "bpel/compile/human_tasks.hpp"
#include "models/cx/namespaces.hpp"
#include "models/cx/task_request.hpp"

namespace echoflow::compile {
namespace {

/// The types of the data: those of the operation that the task's interface names, or of the variables.
void data_types(Compiler& compiler, const ast::HumanTask& task, program::PeopleActivity& node) {
  const auto* port_type = task.port_type ? compiler.source.definitions.port_type(*task.port_type) : nullptr;
  const auto* operation = port_type != nullptr ? port_type->operation(task.operation) : nullptr;
  if (operation != nullptr && operation->input)
    node.input = compiler.message_type(operation->input->message, task.origin.where);
  if (operation != nullptr && operation->output)
    node.output = compiler.message_type(operation->output->message, task.origin.where);
  const auto of_variable = [&](program::VariableId variable, program::MessageTypeId& type) {
    if (variable != program::none) type = compiler.program().variables[variable].type;
  };
  of_variable(node.input_variable, node.input);
  of_variable(node.output_variable, node.output);
}

}  // namespace

// WS-BPEL4People 1.1 §5
NodeId compile_activity(Compiler& compiler, const ast::PeopleActivity& source, const Place& place) {
  const NodeId id = compiler.reserve();
  auto node = std::make_unique<program::PeopleActivity>();
  compiler.describe(*node, id, source, place);
  const SourceLocation& where = source.origin.where;
  const ast::HumanTask* task = ast::task_of(compiler.source.process, source);
  if (task == nullptr) {
    compiler.error("CX00016", where,
                   "The people activity has no task; give it a <htd:task> or a <b4p:localTask> that names one of "
                   "<b4p:humanInteractions>.");
    compiler.put(id, std::move(node));
    return id;
  }
  node->input_variable = compiler.message_variable(source.input_variable, place, where).first;
  node->output_variable = compiler.message_variable(source.output_variable, place, where).first;
  data_types(compiler, *task, *node);
  node->to_parts = compiler.to_parts(source.to_parts, node->input, place);
  node->from_parts = compiler.from_parts(source.from_parts, node->output, place);
  if (source.to_parts.empty() && node->input_variable == program::none) node->input = program::none;
  node->skipable = source.skipable == ast::YesNo::yes;
  const ast::TaskReference* over = source.references.empty() ? nullptr : &source.references.front();
  node->task = compile_task(compiler, *task, source.tasks.empty() ? over : nullptr, place);
  node->operation = compiler.task_operation(*node);
  compiler.put(id, std::move(node));
  return id;
}

// The tasks are kept by a partner that the process need not declare: the first people activity adds the link to it.
program::OperationRef Compiler::task_operation(const program::PeopleActivity& node) {
  const QName port_type{std::string(ns::cx), "Tasks"};
  if (tasks_link_ == program::none) {
    program::PartnerLinkDecl link;
    link.name = "#tasks";
    link.partner_role = "keeper";
    link.partner_port_type = port_type;
    link.partner_address = cx::address_of_tasks;
    link.scope = 0;
    // No process can deal with a task that could not be created: it waits for the operator.
    link.settings.incident_on_failure = true;
    tasks_link_ = static_cast<program::PartnerLinkId>(program_->partner_links.size());
    program_->partner_links.push_back(std::move(link));
  }
  program::MessageType request{{port_type.ns, node.task.name + "Request"}, {}};
  request.parts.push_back(part_type("taskRequest", {port_type.ns, "taskRequest"}, {}));
  if (node.input != program::none)
    for (const auto& part : program_->message_types[node.input].parts) request.parts.push_back(part);
  program::OperationRef operation;
  operation.partner_link = tasks_link_;
  operation.port_type = port_type;
  operation.operation = node.task.name;
  operation.input = add_message_type(std::move(request));
  if (!node.task.is_notification)
    operation.output =
        node.output != program::none ? node.output : add_message_type({{port_type.ns, node.task.name + "Done"}, {}});
  if (program_->wire_operation(port_type, operation.operation) == nullptr) {
    program::WireOperation wire;
    wire.port_type = port_type;
    wire.operation = operation.operation;
    wire.input = operation.input;
    wire.output = operation.output;
    program_->wire.push_back(std::move(wire));
  }
  return operation;
}

}  // namespace echoflow::compile

#include "bpel/compile/compiler.hpp"
#include "bpel/compile/human_tasks.hpp"

namespace echoflow::compile {

program::OperationRef Compiler::operation(program::PartnerLinkId link, const std::string& name, bool my_role,
                                          const SourceLocation& where) {
  program::OperationRef reference;
  reference.partner_link = link;
  reference.operation = name;
  if (link == program::none) return reference;
  const program::PartnerLinkDecl declaration = program_->partner_links[link];
  reference.port_type = my_role ? declaration.my_port_type : declaration.partner_port_type;
  const wsdl::PortType* port_type = source.definitions.port_type(reference.port_type);
  const wsdl::Operation* definition = port_type ? port_type->operation(name) : nullptr;
  if (!definition) {
    error("BPEL", where,
          "The partner link '" + declaration.name + "' offers no operation '" + name +
              "' in the role used here (portType " + reference.port_type.clark() +
              "); correct the operation or the role.");
    return reference;
  }
  if (definition->input) reference.input = message_type(definition->input->message, definition->input->where);
  if (definition->output) reference.output = message_type(definition->output->message, definition->output->where);
  for (const auto& fault : definition->faults)
    reference.faults.push_back({fault.name, message_type(fault.message, fault.where)});
  return reference;
}

std::pair<program::VariableId, bool> Compiler::message_variable(const std::string& name, const Place& place,
                                                                const SourceLocation& where) {
  if (name.empty()) return {program::none, false};
  const program::VariableId id = variable(name, place, where);
  return {id, id != program::none && !program_->variables[id].is_message};
}

std::vector<program::PartFromVariable> Compiler::to_parts(const std::vector<ast::ToPart>& sources,
                                                          program::MessageTypeId type, const Place& place) {
  std::vector<program::PartFromVariable> compiled;
  for (const auto& part : sources) {
    const std::uint32_t index = type == program::none ? program::none : program_->message_types[type].part(part.part);
    if (index == program::none)
      error("BPEL", part.origin.where, "The message has no part '" + part.part + "'; correct the part of <toPart>.");
    compiled.push_back({index, variable(part.from_variable, place, part.origin.where)});
  }
  return compiled;
}

std::vector<program::PartToVariable> Compiler::from_parts(const std::vector<ast::FromPart>& sources,
                                                          program::MessageTypeId type, const Place& place) {
  std::vector<program::PartToVariable> compiled;
  for (const auto& part : sources) {
    const std::uint32_t index = type == program::none ? program::none : program_->message_types[type].part(part.part);
    if (index == program::none)
      error("BPEL", part.origin.where, "The message has no part '" + part.part + "'; correct the part of <fromPart>.");
    compiled.push_back({index, variable(part.to_variable, place, part.origin.where)});
  }
  return compiled;
}

// WS-BPEL 2.0 §10.4, §11.5, §12.7.1: receive, onMessage and onEvent take a message in the same way.
program::Inbound Compiler::inbound(const ast::InboundMessage& message, const Place& place) {
  program::Inbound compiled;
  const SourceLocation& where = message.origin.where;
  compiled.operation = operation(partner_link(message.partner_link, place, where), message.operation, true, where);
  compiled.filter = compile_filter(*this, message.filter, compiled.operation.input);
  std::tie(compiled.variable, compiled.variable_is_element) = message_variable(message.variable, place, where);
  compiled.from_parts = from_parts(message.from_parts, compiled.operation.input, place);
  compiled.correlations = correlations(message.correlations, compiled.operation.input, place);
  compiled.message_exchange = message_exchange(message.message_exchange, place, where);
  return compiled;
}

void Compiler::add_entry(NodeId node, std::uint32_t branch, bool creates_instance, const program::Inbound& inbound) {
  entries_.push_back({node, branch, creates_instance, &inbound});
}

}  // namespace echoflow::compile

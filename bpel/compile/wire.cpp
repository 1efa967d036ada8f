#include <algorithm>

#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {
namespace {

std::vector<std::uint32_t> header_parts(const std::vector<wsdl::BindingOperation::Header>& headers,
                                        const program::MessageType& type) {
  std::vector<std::uint32_t> parts;
  for (const auto& header : headers)
    if (header.message == type.name)
      if (const std::uint32_t part = type.part(header.part); part != program::none) parts.push_back(part);
  return parts;
}

/// Without a binding: document/literal when the message is one element part (or empty), else rpc/literal.
program::SoapStyle default_style(const program::MessageType* input) {
  if (!input || input->parts.empty()) return program::SoapStyle::document;
  return input->parts.size() == 1 && input->parts[0].form == program::ValueForm::element ? program::SoapStyle::document
                                                                                         : program::SoapStyle::rpc;
}

}  // namespace

void Compiler::wire_operations() {
  std::vector<QName> port_types;
  for (const auto& link : program_->partner_links)
    for (const QName& name : {link.my_port_type, link.partner_port_type})
      if (!name.empty() && std::find(port_types.begin(), port_types.end(), name) == port_types.end())
        port_types.push_back(name);
  for (const QName& name : port_types) {
    const wsdl::PortType* port_type = source.definitions.port_type(name);
    if (!port_type) continue;
    const wsdl::Binding* binding = source.definitions.binding_of(name);
    for (const auto& operation : port_type->operations) {
      program::WireOperation wire;
      wire.port_type = name;
      wire.operation = operation.name;
      if (operation.input) wire.input = message_type(operation.input->message, operation.input->where);
      if (operation.output) wire.output = message_type(operation.output->message, operation.output->where);
      for (const auto& fault : operation.faults)
        wire.faults.push_back({fault.name, {name.ns, fault.name}, message_type(fault.message, fault.where)});
      const program::MessageType* input = wire.input == program::none ? nullptr : &program_->message_types[wire.input];
      const program::MessageType* output =
          wire.output == program::none ? nullptr : &program_->message_types[wire.output];
      wire.style = default_style(input);
      wire.rpc_namespace = name.ns;
      const wsdl::BindingOperation* bound = binding ? binding->operation(operation.name) : nullptr;
      if (binding && binding->soap == wsdl::SoapVersion::soap12) wire.version = program::SoapVersion::soap12;
      if (bound) {
        wire.style = bound->style == wsdl::SoapStyle::rpc ? program::SoapStyle::rpc : program::SoapStyle::document;
        wire.soap_action = bound->soap_action;
        if (!bound->rpc_namespace.empty()) wire.rpc_namespace = bound->rpc_namespace;
        if (input) wire.input_header_parts = header_parts(bound->input_headers, *input);
        if (output) wire.output_header_parts = header_parts(bound->output_headers, *output);
      }
      program_->wire.push_back(std::move(wire));
    }
  }
}

}  // namespace echoflow::compile

#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

// WS-BPEL 2.0 §8.2.2: a part or variable of a simple type is seen by XPath as a value, everything else as an element
// node.
program::PartType Compiler::part_type(const std::string& name, const QName& element, const QName& type) const {
  program::PartType part;
  part.name = name;
  if (!element.empty()) {
    part.form = program::ValueForm::element;
    part.element = element;
    return part;
  }
  part.type = type;
  part.form = program::ValueForm::complex;
  if (auto info = source.schemas->type(type); info && info->variety == xml::TypeVariety::simple) {
    part.form = program::ValueForm::simple;
    part.primitive = info->primitive;
  }
  return part;
}

program::MessageTypeId Compiler::add_message_type(program::MessageType type) {
  program_->message_types.push_back(std::move(type));
  return static_cast<program::MessageTypeId>(program_->message_types.size() - 1);
}

program::MessageTypeId Compiler::message_type(const QName& message, const SourceLocation& where) {
  if (auto known = message_type_ids_.find(message); known != message_type_ids_.end()) return known->second;
  const wsdl::Message* definition = source.definitions.message(message);
  if (!definition) {
    error(
        "BPEL", where,
        "The WSDL message " + message.clark() + " is not defined in any imported WSDL; import it or correct the name.");
    return program::none;
  }
  program::MessageType type;
  type.name = message;
  for (const auto& part : definition->parts) type.parts.push_back(part_type(part.name, part.element, part.type));
  const auto id = add_message_type(std::move(type));
  message_type_ids_[message] = id;
  return id;
}

program::VariableId Compiler::declare(const std::string& name, program::VariableDecl declaration, Environment& names) {
  const auto id = static_cast<program::VariableId>(program_->variables.size());
  declaration.name = name;
  declaration.scope = names.scope;
  program_->variables.push_back(std::move(declaration));
  names.variables[name] = id;
  static_cast<program::Scope&>(*node(names.scope)).variables.push_back(id);
  return id;
}

program::VariableId Compiler::declare_message_variable(const std::string& name, const QName& message,
                                                       Environment& names, const SourceLocation& where) {
  program::VariableDecl declaration;
  declaration.type = message_type(message, where);
  declaration.is_message = true;
  return declare(name, std::move(declaration), names);
}

program::VariableId Compiler::declare_part_variable(const std::string& name, const program::PartType& part,
                                                    Environment& names) {
  return part.form == program::ValueForm::element ? declare_element_variable(name, part.element, names)
                                                  : declare_typed_variable(name, part.type, names);
}

program::VariableId Compiler::declare_element_variable(const std::string& name, const QName& element,
                                                       Environment& names) {
  program::VariableDecl declaration;
  declaration.type = static_cast<program::MessageTypeId>(program_->message_types.size());
  declaration.element = element;
  program_->message_types.push_back({{}, {part_type(name, element, {})}});
  return declare(name, std::move(declaration), names);
}

program::VariableId Compiler::declare_typed_variable(const std::string& name, const QName& type, Environment& names) {
  program::VariableDecl declaration;
  declaration.type = static_cast<program::MessageTypeId>(program_->message_types.size());
  declaration.xsd_type = type;
  program_->message_types.push_back({{}, {part_type(name, {}, type)}});
  return declare(name, std::move(declaration), names);
}

const program::MessageType& Compiler::type_of(program::VariableId id) const {
  static const program::MessageType nothing;
  if (id == program::none || program_->variables[id].type == program::none) return nothing;
  return program_->message_types[program_->variables[id].type];
}

}  // namespace echoflow::compile

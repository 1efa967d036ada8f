#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

program::PropertyAlias Compiler::compile_alias(const wsdl::PropertyAlias& alias, std::uint32_t part) {
  const auto key = std::make_pair(&alias, part);
  if (auto known = aliases_.find(key); known != aliases_.end()) return known->second;
  program::PropertyAlias compiled{alias.property, part, nullptr};
  if (alias.query) {
    ast::Expression text;
    text.origin = {alias.query->document, alias.query->element, alias.query->where, {}};
    text.text = alias.query->text;
    const std::string language =
        alias.query->language.empty() ? std::string(ns::xpath1_sublang) : alias.query->language;
    compiled.query = compile_text(text, language, xpath::Purpose::query, Place{});
  }
  aliases_[key] = compiled;
  return compiled;
}

// WS-BPEL 2.0 §7.3: an alias is made for a message type and part, or for an element or type that the message's only
// part has.
Result<program::PropertyAlias> Compiler::alias_for_message(const QName& property, program::MessageTypeId type_id) {
  if (type_id == program::none) return fail("the message type is not known");
  const program::MessageType& type = program_->message_types[type_id];
  for (const auto& alias : source.definitions.aliases)
    if (alias.property == property && alias.message_type == type.name) {
      const std::uint32_t part = type.part(alias.part);
      if (part == program::none && !alias.part.empty()) continue;
      return compile_alias(alias, part == program::none ? 0 : part);
    }
  for (const auto& alias : source.definitions.aliases)
    if (alias.property == property && type.parts.size() == 1 &&
        ((!alias.element.empty() && alias.element == type.parts[0].element) ||
         (!alias.type.empty() && alias.type == type.parts[0].type)))
      return compile_alias(alias, 0);
  return fail("no <vprop:propertyAlias> gives the property " + property.clark() + " for the message " +
              type.name.clark() + "; define one in the WSDL");
}

Result<program::PropertyAlias> Compiler::alias_for_variable(const QName& property, program::VariableId variable) {
  if (variable == program::none) return fail("the variable is not declared");
  const program::VariableDecl& declaration = program_->variables[variable];
  if (declaration.is_message) return alias_for_message(property, declaration.type);
  for (const auto& alias : source.definitions.aliases)
    if (alias.property == property && ((!alias.element.empty() && alias.element == declaration.element) ||
                                       (!alias.type.empty() && alias.type == declaration.xsd_type)))
      return compile_alias(alias, 0);
  return fail("no <vprop:propertyAlias> gives the property " + property.clark() + " for the type of variable '" +
              declaration.name + "'; define one in the WSDL");
}

std::vector<program::Correlation> Compiler::correlations(const std::vector<ast::Correlation>& sources,
                                                         program::MessageTypeId type, const Place& place) {
  std::vector<program::Correlation> compiled;
  for (const auto& use : sources) {
    program::Correlation correlation;
    correlation.set = correlation_set(use.set, place, use.origin.where);
    if (correlation.set == program::none) continue;
    correlation.initiate = use.initiate == "yes"    ? program::Initiate::yes
                           : use.initiate == "join" ? program::Initiate::join
                                                    : program::Initiate::no;
    for (const QName& property : std::vector<QName>(program_->correlation_sets[correlation.set].properties)) {
      auto alias = alias_for_message(property, type);
      if (alias)
        correlation.properties.push_back(*alias);
      else
        error("BPEL", use.origin.where, "Correlation set '" + use.set + "': " + alias.error().message + ".");
    }
    compiled.push_back(std::move(correlation));
  }
  return compiled;
}

}  // namespace echoflow::compile

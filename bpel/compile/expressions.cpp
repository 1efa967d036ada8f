#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

xpath::StaticContext Compiler::static_context(const ast::Origin& origin, const std::string& language,
                                              xpath::Purpose purpose, const Place& place) {
  xpath::StaticContext context;
  context.language = language;
  context.purpose = purpose;
  context.document = origin.document;
  context.element = origin.element;
  context.where = origin.where;
  context.variable = [this, &place](std::string_view name) -> std::optional<xpath::VariableBinding> {
    for (const Environment* names = place.names; names; names = names->outer)
      if (auto it = names->variables.find(std::string(name)); it != names->variables.end())
        return xpath::VariableBinding{it->second, &type_of(it->second), program_->variables[it->second].is_message};
    return std::nullopt;
  };
  context.link = [&place](std::string_view name) -> std::optional<program::LinkId> {
    for (const Environment* names = place.names; names; names = names->outer)
      if (auto it = names->links.find(std::string(name)); it != names->links.end()) return it->second;
    return std::nullopt;
  };
  context.property = [this](program::VariableId variable, const QName& property) {
    return alias_for_variable(property, variable);
  };
  context.file = [this, file = origin.where.file](std::string_view uri) -> std::optional<std::string> {
    const auto path = source::resolve(*source.sources, file, uri);
    if (!path) return std::nullopt;
    return *source.sources->find(*path);
  };
  context.process_property = [this](const QName& property) -> std::optional<std::string> {
    const auto it = process_settings_.properties.find(property);
    return it == process_settings_.properties.end() ? std::nullopt : std::optional(it->second);
  };
  return context;
}

const program::Expression* Compiler::message_condition(const ast::Expression& text, program::MessageTypeId type) {
  const std::string language = text.language.empty() ? program_->expression_language : text.language;
  const Place nowhere;
  auto context = static_context(text.origin, language, xpath::Purpose::expression, nowhere);
  // A built-in message has one part.
  context.variable = [this, type](std::string_view name) -> std::optional<xpath::VariableBinding> {
    if (type == program::none) return std::nullopt;
    const auto& message = program_->message_types[type];
    if (message.parts.size() != 1 || message.parts.front().name != name) return std::nullopt;
    return xpath::VariableBinding{program::filtered_message, &message, false};
  };
  return compile_in(text, context);
}

const program::Expression* Compiler::compile_text(const ast::Expression& text, const std::string& language,
                                                  xpath::Purpose purpose, const Place& place) {
  return compile_in(text, static_context(text.origin, language, purpose, place));
}

const program::Expression* Compiler::compile_in(const ast::Expression& text, const xpath::StaticContext& context) {
  auto compiled = xpath::compile(text.text, context);
  if (!compiled) {
    error("XPATH", text.origin.where,
          compiled.error().message + " (at offset " + std::to_string(compiled.error().offset) + " of \"" + text.text +
              "\")");
    return nullptr;
  }
  const program::Expression* expression = compiled->get();
  own(*std::move(compiled));
  return expression;
}

const program::Expression* Compiler::expression(const ast::Expression& text, const Place& place) {
  return compile_text(text, text.language.empty() ? program_->expression_language : text.language,
                      xpath::Purpose::expression, place);
}

const program::Expression* Compiler::expression(const std::optional<ast::Expression>& text, const Place& place) {
  return text ? expression(*text, place) : nullptr;
}

const program::Expression* Compiler::target(const ast::Expression& text, const Place& place) {
  return compile_text(text, text.language.empty() ? program_->expression_language : text.language,
                      xpath::Purpose::target, place);
}

const program::Expression* Compiler::query(const std::optional<ast::Expression>& text, const Place& place) {
  if (!text) return nullptr;
  return compile_text(*text, text->language.empty() ? program_->query_language : text->language, xpath::Purpose::query,
                      place);
}

const program::Expression* Compiler::join_condition(const std::optional<ast::Expression>& text, const Place& place) {
  if (!text) return nullptr;
  return compile_text(*text, text->language.empty() ? program_->expression_language : text->language,
                      xpath::Purpose::join_condition, place);
}

program::Deadline Compiler::deadline(const std::optional<ast::Expression>& for_,
                                     const std::optional<ast::Expression>& until,
                                     const std::optional<ast::Expression>& repeat_every, const Place& place) {
  return {expression(for_, place), expression(until, place), expression(repeat_every, place)};
}

}  // namespace echoflow::compile

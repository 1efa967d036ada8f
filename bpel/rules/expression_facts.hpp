#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bpel/rules/model.hpp"

namespace echoflow::rules {

/// An argument of a function call, as far as rules ask: whether it is a string literal, and which.
struct Argument {
  std::optional<std::string> literal;
};

struct FunctionCall {
  QName name;           ///< without namespace when it has no prefix
  std::string written;  ///< "bpel:getVariableProperty"
  std::vector<Argument> arguments;
};

/// What a whole expression is when it is one literal.
enum class ConstantKind { none, number, string, boolean };

/// What the rules ask of the text of an XPath expression (1.0, and 2.0 as far as both agree in it).
struct ExpressionFacts {
  std::vector<std::string> variables;  ///< names after '$' as written, those bound by the expression itself left out
  std::vector<FunctionCall> calls;
  bool reads_context_node = false;  ///< a location path that starts at the context node, outside of predicates
  bool is_bare_name = false;        ///< one name and nothing else
  bool begins_with_variable = false;
  bool only_boolean_operators = true;  ///< nothing but and, or, not(), true(), false(), parentheses and variables
  bool ends_in_attribute_or_text = false;
  ConstantKind constant = ConstantKind::none;
  std::string constant_text;  ///< the value of the literal, a sign included
};

/// The facts of all expressions of a Model, and of the queries of property aliases; null where the language is not
/// XPath or the text cannot be cut into tokens: then it is no expression, and compiling it says so.
class ExpressionTable {
 public:
  ExpressionTable(const parse::LoadedProcess& loaded, const Model& model);
  const ExpressionFacts* of(std::size_t index_in_model) const { return get(facts_[index_in_model]); }
  const ExpressionFacts* of(const ast::Expression& expression) const;
  const ExpressionFacts* of_alias(std::size_t index) const { return get(alias_facts_[index]); }

 private:
  static const ExpressionFacts* get(const std::optional<ExpressionFacts>& facts) { return facts ? &*facts : nullptr; }
  std::vector<std::optional<ExpressionFacts>> facts_, alias_facts_;
  std::map<const ast::Expression*, std::size_t> indices_;
};

}  // namespace echoflow::rules

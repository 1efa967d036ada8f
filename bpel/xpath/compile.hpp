#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bpel/xpath/limits.hpp"
#include "models/base/result.hpp"
#include "models/program/expression.hpp"
#include "models/program/nodes.hpp"
#include "models/program/types.hpp"
#include "models/xml/tree.hpp"

/// The one door to XPath for the compiler and the rules.
namespace echoflow::xpath {

enum class Purpose {
  expression,      ///< no context node: a relative path is a fault at run time (WS-BPEL 2.0 §8.2.4)
  query,           ///< context node: the variable's part (or, for ode-style $variable queries, variables too)
  join_condition,  ///< variables are the incoming links
  target,  ///< a to-spec's expression: simple-typed variables are seen as nodes, so that they can be assigned to
};

/// A variable that an expression may name, with its type so that simple ones behave as §8.2.2 says.
struct VariableBinding {
  program::VariableId id = program::none;
  const program::MessageType* type = nullptr;
  bool is_message = false;  ///< then `$name.part` is meant, and the bare name is an error
};

/// What an expression's names mean where it stands. The callbacks are called during compile() only.
struct StaticContext {
  std::string language;  ///< a sublanguage URN, resolved (never empty)
  Purpose purpose = Purpose::expression;
  /// Namespace declarations in scope.
  xml::DocumentPtr document;
  xml::NodeIndex element = xml::no_node;
  SourceLocation where;
  std::function<std::optional<VariableBinding>(std::string_view name)> variable;
  std::function<std::optional<program::LinkId>(std::string_view name)> link;
  /// Resolves bpel:getVariableProperty: the alias of a property for a variable, or why there is none.
  std::function<Result<program::PropertyAlias>(program::VariableId variable, const QName& property)> property;
  /// The deployment's files, for bpel:doXslTransform: content by the URI as written, resolved against `where.file`;
  /// nullopt: not found.
  std::function<std::optional<std::string>(std::string_view uri)> file;
  /// The text of a process property of Apache ODE's deploy.xml, for ode:process-property; may be empty.
  std::function<std::optional<std::string>(const QName& property)> process_property;
  Limits limits;  ///< what one evaluation may cost
};

struct CompileError {
  std::string message;     ///< one sentence with the remedy
  std::size_t offset = 0;  ///< in the text, in bytes
};

/// True for the languages that compile() knows.
bool is_supported_language(std::string_view language);

Result<std::unique_ptr<const program::Expression>, CompileError> compile(std::string_view text,
                                                                         const StaticContext& context);

/// A call in an expression, for the rules (SA00028 …): function name and those arguments that are string literals.
struct FunctionCall {
  QName name;
  std::vector<std::optional<std::string>> literal_arguments;  ///< nullopt: not a string literal
};
struct References {
  std::vector<std::string> variables;  ///< as written after '$', in order, prefix included
  std::vector<FunctionCall> calls;
  bool has_path_without_variable = false;  ///< a relative or absolute path that does not start from a variable
};
/// What an expression refers to, without resolving variables; an error when it does not parse.
Result<References, CompileError> references(std::string_view text, std::string_view language,
                                            const xml::DocumentPtr& document, xml::NodeIndex element);

}  // namespace echoflow::xpath

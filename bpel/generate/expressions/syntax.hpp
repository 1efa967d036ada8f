#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/base/result.hpp"

/// The small expression languages of modelling tools (JUEL, Groovy, JavaScript, FEEL), as far as they say the same.
namespace echoflow::generate {

/// What a value is, as far as its uses tell.
enum class ValueType : std::uint8_t {
  unknown,
  text,
  number,
  truth,
  structure,  ///< it has fields
  list,       ///< its items are the child elements
};

enum class Operator : std::uint8_t {
  either,
  both,
  equal,
  unequal,
  less,
  at_most,
  greater,
  at_least,
  plus,
  minus,
  times,
  divided,
  modulo,
  opposite,  ///< !x
  negative,  ///< -x
};

enum class SyntaxKind : std::uint8_t {
  text,
  number,
  truth,
  nothing,
  variable,
  field,    ///< `word` of its operand
  element,  ///< of its first operand; the second is the number, from the one in `word` on
  choice,   ///< condition, value where it holds, value where not
  operation,
  call,
};

struct Syntax {
  SyntaxKind kind = SyntaxKind::nothing;
  std::string word;  ///< the literal, the variable's or field's name, the function's name in its table
  Operator op = Operator::equal;
  std::vector<Syntax> operands;
};

/// `variable = value`, as a script says it.
struct Assignment {
  std::string variable;
  Syntax value;
};

/// What must be known to read a text.
struct Dialect {
  bool feel = false;               ///< lists begin at 1
  std::vector<std::string> names;  ///< of variables that are no single words: "Vacation Approval"
};

/// Fails with what it cannot read and why, without a place.
Result<Syntax> parse_expression(std::string_view text, const Dialect& dialect = {});
/// Assignments, separated by semicolons or ends of line.
Result<std::vector<Assignment>> parse_script(std::string_view text, const Dialect& dialect = {});

using ValueTypes = std::map<std::string, ValueType, std::less<>>;

/// The type of an expression; notes in `types` what it tells of the variables that it names.
ValueType infer(const Syntax& syntax, ValueType wanted, ValueTypes& types);

/// How a variable of the model is read in XPath.
struct KnownVariable {
  std::string xpath;
  ValueType type = ValueType::unknown;
};
using KnownVariables = std::map<std::string, KnownVariable, std::less<>>;

/// As XPath 1.0. Fails where it names a variable that is not known.
Result<std::string> to_xpath(const Syntax& syntax, const KnownVariables& variables, ValueType wanted);
/// The items of a list that a variable or field gives, as XPath 1.0.
Result<std::string> items_xpath(const Syntax& syntax, const KnownVariables& variables);
/// A text as an XPath 1.0 literal (or a concat() of such, where it holds both quotes).
std::string xpath_literal(std::string_view text);

}  // namespace echoflow::generate

#include <algorithm>

#include "bpel/generate/expressions/functions.hpp"
#include "bpel/generate/expressions/syntax.hpp"

namespace echoflow::generate {

namespace {

std::string_view sign_of(Operator op) {
  switch (op) {
    case Operator::either:
      return "or";
    case Operator::both:
      return "and";
    case Operator::equal:
      return "=";
    case Operator::unequal:
      return "!=";
    case Operator::less:
      return "<";
    case Operator::at_most:
      return "<=";
    case Operator::greater:
      return ">";
    case Operator::at_least:
      return ">=";
    case Operator::plus:
      return "+";
    case Operator::minus:
    case Operator::negative:
      return "-";
    case Operator::times:
      return "*";
    case Operator::divided:
      return "div";
    case Operator::modulo:
      return "mod";
    case Operator::opposite:
      return "not";
  }
  return "";
}

class Writer {
 public:
  explicit Writer(const KnownVariables& variables) : variables_(variables) {
    for (const auto& [name, variable] : variables) types_.emplace(name, variable.type);
  }

  Result<std::string> write(const Syntax& syntax, ValueType wanted) {
    switch (syntax.kind) {
      case SyntaxKind::text:
        return xpath_literal(syntax.word);
      case SyntaxKind::number:
        return syntax.word;
      case SyntaxKind::truth:
        return syntax.word + "()";
      case SyntaxKind::nothing:
        return std::string("''");
      case SyntaxKind::variable:
        return variable(syntax.word, wanted);
      case SyntaxKind::operation:
        return operation(syntax);
      case SyntaxKind::call:
        return call(syntax);
    }
    return std::string();
  }

 private:
  ValueType type_of(const Syntax& syntax) {
    ValueTypes types = types_;
    return infer(syntax, ValueType::unknown, types);
  }
  Result<std::string> variable(const std::string& name, ValueType wanted) const {
    const auto found = variables_.find(name);
    if (found == variables_.end()) return fail("there is no variable '" + name + "'");
    const std::string& read = found->second.xpath;
    switch (wanted) {
      case ValueType::truth:
        return "(string(" + read + ") = 'true' or string(" + read + ") = '1')";
      case ValueType::text:
        return "string(" + read + ")";
      case ValueType::number:
        return "number(" + read + ")";
      case ValueType::unknown:
        return read;
    }
    return read;
  }
  Result<std::string> joined(const Syntax& syntax, ValueType each) {
    auto left = write(syntax.operands[0], each);
    if (!left) return left;
    auto right = write(syntax.operands[1], each);
    if (!right) return right;
    return "(" + *left + " " + std::string(sign_of(syntax.op)) + " " + *right + ")";
  }
  Result<std::string> around(const Syntax& syntax, ValueType type, std::string before) {
    auto inner = write(syntax.operands[0], type);
    if (!inner) return inner;
    return std::move(before) + "(" + *inner + ")";
  }
  /// What both are compared as: the type that either of them has.
  ValueType common(const Syntax& syntax) {
    const ValueType left = type_of(syntax.operands[0]);
    return left != ValueType::unknown ? left : type_of(syntax.operands[1]);
  }
  Result<std::string> operation(const Syntax& syntax) {
    switch (syntax.op) {
      case Operator::either:
      case Operator::both:
        return joined(syntax, ValueType::truth);
      case Operator::opposite:
        return around(syntax, ValueType::truth, "not");
      case Operator::negative:
        return around(syntax, ValueType::number, "-");
      case Operator::equal:
      case Operator::unequal:
        return joined(syntax, common(syntax));
      case Operator::less:
      case Operator::at_most:
      case Operator::greater:
      case Operator::at_least:
        return joined(syntax, ValueType::number);
      case Operator::plus:
        return plus(syntax);
      case Operator::minus:
      case Operator::times:
      case Operator::divided:
      case Operator::modulo:
        return joined(syntax, ValueType::number);
    }
    return std::string();
  }
  Result<std::string> plus(const Syntax& syntax) {
    const bool texts = type_of(syntax.operands[0]) == ValueType::text || type_of(syntax.operands[1]) == ValueType::text;
    if (!texts) return joined(syntax, ValueType::number);
    auto left = write(syntax.operands[0], ValueType::unknown);
    if (!left) return left;
    auto right = write(syntax.operands[1], ValueType::unknown);
    if (!right) return right;
    return "concat(" + *left + ", " + *right + ")";
  }
  Result<std::string> call(const Syntax& syntax) {
    const Function* function = find_function(syntax.word, syntax.operands.size());
    if (!function) return fail("there is no function '" + syntax.word + "'");
    std::vector<std::string> values;
    for (std::size_t i = 0; i < syntax.operands.size(); ++i) {
      ValueType type = function->takes;
      if (function->name == "equals") type = common(syntax);
      if (function->name == "substring" && i == 1) type = ValueType::number;
      auto value = write(syntax.operands[i], type);
      if (!value) return value;
      values.push_back(std::move(*value));
    }
    std::string out;
    for (std::size_t i = 0; i < function->xpath.size(); ++i) {
      if (function->xpath[i] != '{') {
        out += function->xpath[i];
        continue;
      }
      out += values[static_cast<std::size_t>(function->xpath[i + 1] - '1')];
      i += 2;
    }
    return out;
  }

  const KnownVariables& variables_;
  ValueTypes types_;
};

}  // namespace

Result<std::string> to_xpath(const Syntax& syntax, const KnownVariables& variables, ValueType wanted) {
  return Writer(variables).write(syntax, wanted);
}

std::string xpath_literal(std::string_view text) {
  if (text.find('\'') == std::string_view::npos) return "'" + std::string(text) + "'";
  if (text.find('"') == std::string_view::npos) return "\"" + std::string(text) + "\"";
  std::string out = "concat(";
  std::size_t at = 0;
  while (at < text.size()) {
    const char quote = text[at] == '\'' ? '"' : '\'';
    const std::size_t end = std::min(text.find(quote, at), text.size());
    if (at > 0) out += ", ";
    out += quote;
    out += text.substr(at, end - at);
    out += quote;
    at = end;
  }
  return out + ")";
}

}  // namespace echoflow::generate

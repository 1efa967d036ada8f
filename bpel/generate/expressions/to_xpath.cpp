#include <algorithm>
#include <optional>

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

  /// Functions and choices repeat their values, so that a short text can become a long one.
  Result<std::string> write(const Syntax& syntax, ValueType wanted) {
    auto written = write_one(syntax, wanted);
    if (written && written->size() > longest) return fail(std::string("it is nested too deeply"));
    return written;
  }

  /// The items of a list: the child elements of a variable; a field that occurs several times.
  Result<std::string> items(const Syntax& syntax) {
    auto list = nodes(syntax);
    if (list && syntax.kind == SyntaxKind::variable) *list += "/*";
    return list;
  }

 private:
  static constexpr std::size_t longest = 64u << 10;

  Result<std::string> write_one(const Syntax& syntax, ValueType wanted) {
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
        return as(variable(syntax.word), wanted);
      case SyntaxKind::field:
      case SyntaxKind::element:
        return as(nodes(syntax), wanted);
      case SyntaxKind::choice:
        return choice(syntax, wanted);
      case SyntaxKind::operation:
        return operation(syntax);
      case SyntaxKind::call:
        return call(syntax);
    }
    return std::string();
  }

  ValueType type_of(const Syntax& syntax) {
    ValueTypes types = types_;
    return infer(syntax, ValueType::unknown, types);
  }
  /// Where nothing is a value, too, a variable that nobody has set is nothing.
  Result<std::string> variable(const std::string& name) const {
    const auto found = variables_.find(name);
    if (found == variables_.end()) return fail("there is no variable '" + name + "'");
    const std::string& read = found->second.xpath;
    return unset_ > 0 && read.starts_with('$') ? "cx:given(" + read + ")" : read;
  }
  static Result<std::string> as(Result<std::string> read, ValueType wanted) {
    if (!read) return read;
    switch (wanted) {
      case ValueType::truth:
        return "(string(" + *read + ") = 'true' or string(" + *read + ") = '1')";
      case ValueType::text:
        return "string(" + *read + ")";
      case ValueType::number:
        return "number(" + *read + ")";
      case ValueType::unknown:
      case ValueType::structure:
      case ValueType::list:
        return read;
    }
    return read;
  }
  /// A variable with parts, a field, an item: its node.
  Result<std::string> nodes(const Syntax& syntax) {
    if (syntax.kind == SyntaxKind::field) {
      auto of = nodes(syntax.operands.front());
      if (!of) return of;
      return *of + "/*[local-name() = " + xpath_literal(syntax.word) + "]";
    }
    if (syntax.kind == SyntaxKind::element) {
      auto all = items(syntax.operands[0]);
      if (!all) return all;
      auto index = write(syntax.operands[1], ValueType::number);
      if (!index) return index;
      return "(" + *all + ")[position() = " + *index + (syntax.word == "0" ? " + 1" : "") + "]";
    }
    if (syntax.kind != SyntaxKind::variable) return fail(std::string("only variables have fields and items"));
    switch (type_of(syntax)) {
      case ValueType::unknown:
      case ValueType::structure:
      case ValueType::list:
        return variable(syntax.word);
      case ValueType::text:
      case ValueType::number:
      case ValueType::truth:
        break;
    }
    return fail("'" + syntax.word + "' is a single value, without fields and items");
  }
  // XPath 1.0 has no conditional: of two texts one is cut off, since 1 div 0 is no place in a text.
  Result<std::string> choice(const Syntax& syntax, ValueType wanted) {
    ValueType type = wanted != ValueType::unknown ? wanted : type_of(syntax);
    if (type == ValueType::structure || type == ValueType::list)
      return fail(std::string("a choice is between texts, numbers or truths"));
    ++unset_;
    auto condition = write(syntax.operands[0], ValueType::truth);
    const ValueType each = type == ValueType::truth ? type : ValueType::text;
    auto yes = written_as(syntax.operands[1], type, each);
    auto no = written_as(syntax.operands[2], type, each);
    --unset_;
    if (!condition) return condition;
    if (!yes) return yes;
    if (!no) return no;
    if (type == ValueType::truth)
      return "((" + *condition + " and " + *yes + ") or (not(" + *condition + ") and " + *no + "))";
    std::string text = "concat(substring(" + *yes + ", 1 div number(" + *condition + ")), substring(" + *no +
                       ", 1 div number(not(" + *condition + "))))";
    return type == ValueType::number ? "number(" + text + ")" : text;
  }
  /// A value of one type, as a text where `each` says so.
  Result<std::string> written_as(const Syntax& syntax, ValueType type, ValueType each) {
    auto value = write(syntax, type);
    if (value && each == ValueType::text && type != ValueType::text) return "string(" + *value + ")";
    if (value && each == ValueType::text && type_of(syntax) != ValueType::text) return "string(" + *value + ")";
    return value;
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
        return compared(syntax);
      case Operator::less:
      case Operator::at_most:
      case Operator::greater:
      case Operator::at_least:
        return ordered(syntax);
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
  Result<std::string> compared(const Syntax& syntax) {
    const auto is_nothing = [](const Syntax& each) { return each.kind == SyntaxKind::nothing; };
    const bool nothing = std::any_of(syntax.operands.begin(), syntax.operands.end(), is_nothing);
    unset_ += nothing ? 1 : 0;
    auto written = joined(syntax, nothing ? ValueType::text : common(syntax));
    unset_ -= nothing ? 1 : 0;
    return written;
  }
  /// XPath 1.0 orders numbers alone; a text that is none would be neither less nor greater.
  Result<std::string> ordered(const Syntax& syntax) {
    for (const Syntax& each : syntax.operands)
      if (each.kind == SyntaxKind::text && each.word.find_first_not_of("0123456789.-") != std::string::npos)
        return fail("'" + each.word + "' is no number: only numbers can be less or greater than others");
    return joined(syntax, ValueType::number);
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
  ValueType type_of_value(const Function& function, const Syntax& syntax, std::size_t i) {
    if (function.name == "equals") return common(syntax);
    if (function.name == "substring" && i == 1) return ValueType::number;
    return function.takes == ValueType::list ? ValueType::text : function.takes;
  }
  Result<std::string> value_of(const Function& function, const Syntax& syntax, std::size_t i) {
    if (function.takes == ValueType::list && i == 0) return items(syntax.operands[0]);
    return write(syntax.operands[i], type_of_value(function, syntax, i));
  }
  /// A field may be a text, or a list of them: which it is shows when it is read.
  Result<std::string> of_field(const Syntax& syntax) {
    if (syntax.word == "length")
      return fail("it cannot be told whether '" + syntax.operands[0].word + "' is a text or a list: use size()");
    auto field = nodes(syntax.operands[0]);
    if (!field) return field;
    auto other = write(syntax.operands[1], ValueType::text);
    if (!other) return other;
    return "((count(" + *field + ") > 1 and boolean(" + *field + "[string(.) = " + *other + "])) or (count(" + *field +
           ") = 1 and contains(string(" + *field + "), " + *other + ")))";
  }
  Result<std::string> call(const Syntax& syntax) {
    const ValueType first = syntax.operands.empty() ? ValueType::unknown : type_of(syntax.operands.front());
    const Function* function = find_function(syntax.word, syntax.operands.size(), first);
    if (!function) return fail("there is no function '" + syntax.word + "'");
    const bool field = !syntax.operands.empty() && (syntax.operands.front().kind == SyntaxKind::field ||
                                                    syntax.operands.front().kind == SyntaxKind::element);
    if (field && (syntax.word == "length" || syntax.word == "contains" || syntax.word == "includes"))
      return of_field(syntax);
    const bool emptiness = function->name == "isEmpty";
    unset_ += emptiness ? 1 : 0;
    std::vector<std::string> values;
    std::optional<Error> wrong;
    for (std::size_t i = 0; i < syntax.operands.size() && !wrong; ++i) {
      auto value = value_of(*function, syntax, i);
      if (value)
        values.push_back(std::move(*value));
      else
        wrong = value.error();
    }
    unset_ -= emptiness ? 1 : 0;
    if (wrong) return fail(std::move(*wrong));
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
  int unset_ = 0;  ///< what is around asks whether there is a value
};

}  // namespace

Result<std::string> to_xpath(const Syntax& syntax, const KnownVariables& variables, ValueType wanted) {
  return Writer(variables).write(syntax, wanted);
}

Result<std::string> items_xpath(const Syntax& syntax, const KnownVariables& variables) {
  return Writer(variables).items(syntax);
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

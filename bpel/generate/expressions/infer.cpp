#include "bpel/generate/expressions/functions.hpp"
#include "bpel/generate/expressions/syntax.hpp"

namespace echoflow::generate {

namespace {

ValueType infer_operation(const Syntax& syntax, ValueType wanted, ValueTypes& types);

ValueType note(const std::string& name, ValueType wanted, ValueTypes& types) {
  ValueType& known = types[name];
  // A text that is compared with numbers somewhere is a text: XPath reads numbers in it.
  if (known == ValueType::unknown || (known != wanted && wanted == ValueType::text)) known = wanted;
  return known;
}

/// Two values of one type, whichever of them tells it.
ValueType infer_pair(const Syntax& syntax, ValueType guess, ValueTypes& types) {
  ValueType left = infer(syntax.operands[0], ValueType::unknown, types);
  const ValueType right = infer(syntax.operands[1], left, types);
  if (left == ValueType::unknown) left = infer(syntax.operands[0], right, types);
  if (left != ValueType::unknown) return left;
  infer(syntax.operands[0], guess, types);
  infer(syntax.operands[1], guess, types);
  return guess;
}

ValueType infer_all(const Syntax& syntax, ValueType each, ValueType result, ValueTypes& types) {
  for (const Syntax& operand : syntax.operands) infer(operand, each, types);
  return result;
}

ValueType infer_operation(const Syntax& syntax, ValueType wanted, ValueTypes& types) {
  switch (syntax.op) {
    case Operator::either:
    case Operator::both:
    case Operator::opposite:
      return infer_all(syntax, ValueType::truth, ValueType::truth, types);
    case Operator::equal:
    case Operator::unequal:
      infer_pair(syntax, ValueType::unknown, types);
      return ValueType::truth;
    case Operator::less:
    case Operator::at_most:
    case Operator::greater:
    case Operator::at_least:
      infer_pair(syntax, ValueType::number, types);
      return ValueType::truth;
    case Operator::plus:
      return infer_pair(syntax, wanted == ValueType::text ? wanted : ValueType::number, types);
    case Operator::minus:
    case Operator::times:
    case Operator::divided:
    case Operator::modulo:
    case Operator::negative:
      return infer_all(syntax, ValueType::number, ValueType::number, types);
  }
  return ValueType::unknown;
}

}  // namespace

ValueType infer(const Syntax& syntax, ValueType wanted, ValueTypes& types) {
  switch (syntax.kind) {
    case SyntaxKind::text:
      return ValueType::text;
    case SyntaxKind::number:
      return ValueType::number;
    case SyntaxKind::truth:
      return ValueType::truth;
    case SyntaxKind::nothing:
      return ValueType::text;
    case SyntaxKind::variable:
      return note(syntax.word, wanted, types);
    case SyntaxKind::operation:
      return infer_operation(syntax, wanted, types);
    case SyntaxKind::call: {
      const Function* function = find_function(syntax.word, syntax.operands.size());
      if (!function) return ValueType::unknown;
      if (function->name == "equals") return infer_pair(syntax, ValueType::unknown, types), ValueType::truth;
      if (function->name == "substring") {
        infer(syntax.operands[0], ValueType::text, types);
        infer(syntax.operands[1], ValueType::number, types);
        return ValueType::text;
      }
      return infer_all(syntax, function->takes, function->gives, types);
    }
  }
  return ValueType::unknown;
}

}  // namespace echoflow::generate

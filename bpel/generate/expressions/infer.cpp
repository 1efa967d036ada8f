#include "bpel/generate/expressions/functions.hpp"
#include "bpel/generate/expressions/syntax.hpp"

namespace echoflow::generate {

namespace {

ValueType infer_operation(const Syntax& syntax, ValueType wanted, ValueTypes& types);

bool has_parts(ValueType type) {
  return type == ValueType::structure || type == ValueType::list;
}

ValueType note(const std::string& name, ValueType wanted, ValueTypes& types) {
  ValueType& known = types[name];
  // A text that is compared with numbers somewhere is a text: XPath reads numbers in it.
  const bool more = known != wanted && (wanted == ValueType::text || has_parts(wanted));
  if (known == ValueType::unknown || (more && !has_parts(known))) known = wanted;
  return known;
}

/// Two values of which one is taken: the type of either.
ValueType infer_choice(const Syntax& syntax, ValueType wanted, ValueTypes& types) {
  infer(syntax.operands[0], ValueType::truth, types);
  const ValueType yes = infer(syntax.operands[1], wanted, types);
  const ValueType no = infer(syntax.operands[2], yes == ValueType::unknown ? wanted : yes, types);
  if (yes == ValueType::unknown || no == ValueType::text) return no;
  return yes;
}

ValueType infer_call(const Syntax& syntax, ValueTypes& types);

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
      // Anything can be nothing.
      if (syntax.operands[0].kind == SyntaxKind::nothing || syntax.operands[1].kind == SyntaxKind::nothing)
        return infer_all(syntax, ValueType::unknown, ValueType::truth, types);
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

ValueType infer_call(const Syntax& syntax, ValueTypes& types) {
  const ValueType first =
      syntax.operands.empty() ? ValueType::unknown : infer(syntax.operands.front(), ValueType::unknown, types);
  const Function* function = find_function(syntax.word, syntax.operands.size(), first);
  if (!function) return ValueType::unknown;
  if (function->name == "equals") return infer_pair(syntax, ValueType::unknown, types), ValueType::truth;
  const bool first_only = function->name == "substring" || function->takes == ValueType::list;
  if (!first_only || syntax.operands.size() < 2) return infer_all(syntax, function->takes, function->gives, types);
  infer(syntax.operands[0], function->takes, types);
  infer(syntax.operands[1], function->name == "substring" ? ValueType::number : ValueType::text, types);
  return function->gives;
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
    case SyntaxKind::field:
      infer(syntax.operands[0], ValueType::structure, types);
      return wanted;
    case SyntaxKind::element:
      infer(syntax.operands[0], ValueType::list, types);
      infer(syntax.operands[1], ValueType::number, types);
      return wanted;
    case SyntaxKind::choice:
      return infer_choice(syntax, wanted, types);
    case SyntaxKind::operation:
      return infer_operation(syntax, wanted, types);
    case SyntaxKind::call:
      return infer_call(syntax, types);
  }
  return ValueType::unknown;
}

}  // namespace echoflow::generate

#pragma once
#include <optional>
#include <string>

#include "bpel/xpath/evaluator.hpp"
#include "bpel/xpath/types.hpp"

/// Short forms for the function tables of XPath 2.0.
namespace echoflow::xpath {

inline Sequence text_value(std::string text) {
  return single(Item::of(std::move(text)));
}
inline Sequence truth_value(bool value) {
  return single(Item::of(value));
}
inline Sequence integer_value(std::int64_t n) {
  return single(Item::integer(n));
}
inline Sequence optional_value(std::optional<Item> item) {
  return item ? single(std::move(*item)) : Sequence{};
}

/// Argument i converted as XPath 2.0 §3.1.5 says: untyped values are cast, subtypes and numbers promoted, others
/// refused.
std::optional<Item> typed_argument(Evaluator& e, const Expr& call, std::size_t i, const Focus& focus, Type type);
/// As above; an empty sequence is an error.
Item required_argument(Evaluator& e, const Expr& call, std::size_t i, const Focus& focus, Type type);
std::int64_t integer_argument(Evaluator& e, const Expr& call, std::size_t i, const Focus& focus);
double double_argument(Evaluator& e, const Expr& call, std::size_t i, const Focus& focus);
/// A collation argument, when it is there, must be the codepoint collation (err:FOCH0002).
void check_collation(Evaluator& e, const Expr& call, std::size_t i, const Focus& focus);
/// An expanded name from text, with the prefixes in scope at the expression. Raises err:FOCA0002, err:FONS0004.
QNameValue qname_from_text(const Evaluator& e, const std::string& text);

}  // namespace echoflow::xpath

#include "bpel/xpath/bridge.hpp"

#include "bpel/xpath/evaluator.hpp"
#include "bpel/xpath/types.hpp"

namespace echoflow::xpath {
namespace {

program::Item to_program(const Item& item, const Evaluator& e) {
  if (item.is_node()) {
    const auto n = item.node();
    if (n.ns > 0) return e.text_of(n);  // namespace nodes exist in XPath only
    return xml::NodeRef{e.document_pointer(n.document), n.index};
  }
  if (item.type == Type::boolean) return item.boolean();
  if (item.type == Type::string || item.type == Type::untyped_atomic) return item.text();
  if (item.type == Type::double_) return item.number();
  return program::Atomic{std::string(type_name(item.type)), atomic_text(item)};
}

struct FromProgram {
  Evaluator& e;
  Item operator()(const xml::NodeRef& node) const { return Item::of(e.add_node(node)); }
  Item operator()(const std::string& text) const { return Item::of(text); }
  Item operator()(double number) const { return Item::of(number); }
  Item operator()(bool boolean) const { return Item::of(boolean); }
  Item operator()(const program::Atomic& atomic) const {
    const auto type = type_of_name(atomic.type);
    auto item = type ? from_text(atomic.lexical, *type) : std::nullopt;
    return item ? std::move(*item) : Item{Type::untyped_atomic, atomic.lexical};
  }
};

}  // namespace

program::Sequence to_program(const Sequence& value, const Evaluator& e) {
  program::Sequence result;
  result.reserve(value.size());
  for (const auto& item : value) result.push_back(to_program(item, e));
  return result;
}

Sequence from_program(const program::Sequence& value, Evaluator& e) {
  Sequence result;
  for (const auto& item : value) result.push_back(std::visit(FromProgram{e}, item));
  return result;
}

}  // namespace echoflow::xpath

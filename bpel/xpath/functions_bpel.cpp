// WS-BPEL 2.0 §8.3 and §8.4: getVariableProperty and doXslTransform.
#include "bpel/xpath/bridge.hpp"
#include "bpel/xpath/evaluator.hpp"
#include "bpel/xslt/loaded.hpp"
#include "bpel/xslt/stylesheet.hpp"

namespace echoflow::xpath {
namespace {

// WS-BPEL 2.0 §7.3: the query of an alias must select one node, else bpel:selectionFailure.
Sequence get_variable_property(Evaluator& e, const Expr& call, const Focus&) {
  return e.property(call);
}

xslt::Parameter parameter(Evaluator& e, const Expr& name, const Expr& value, const Focus& focus) {
  xslt::Parameter result;
  result.name = e.string(name, focus);
  const auto items = e.evaluate(value, focus);
  if (!items.empty() && items.front().is_node()) {
    for (const auto& item : items)
      if (item.is_node()) result.nodes.push_back({e.document_pointer(item.node().document), item.node().index});
    return result;
  }
  if (items.size() == 1 && items.front().type == Type::boolean)
    result.value = items.front().boolean();
  else if (items.size() == 1 && is_numeric(items.front().type))
    result.value = e.number_of(items.front());
  else
    result.value = e.text_of(items);
  return result;
}

// WS-BPEL 2.0 §8.4:
//  - the stylesheet is not there: bpel:xsltStylesheetNotFound;
//  - the source is not exactly one element: bpel:xsltInvalidSource;
//  - the transformation fails: bpel:subLanguageExecutionFault.
Sequence do_xsl_transform(Evaluator& e, const Expr& call, const Focus& focus) {
  const auto& loaded = *call.stylesheet;
  if (!loaded.sheet && loaded.fault == "xsltStylesheetNotFound") raise_fault(loaded.fault, loaded.message);
  const auto source = e.evaluate(*call.children[1], focus);
  if (source.size() != 1 || !source.front().is_node() || e.node_kind(source.front().node()) != xml::NodeKind::element)
    raise_fault("xsltInvalidSource", "The source of doXslTransform must be exactly one element.");
  if (!loaded.sheet) raise_fault(loaded.fault, loaded.message);
  std::vector<xslt::Parameter> parameters;
  for (std::size_t i = 2; i + 1 < call.children.size(); i += 2)
    parameters.push_back(parameter(e, *call.children[i], *call.children[i + 1], focus));
  const auto n = source.front().node();
  const auto result = xslt::transform(*loaded.sheet, {e.document_pointer(n.document), n.index}, parameters);
  if (!result) raise_fault("subLanguageExecutionFault", "The transformation failed: " + result.error().message);
  const auto id = e.add_document(*result);
  NodeList nodes;
  for (auto child = (*result)->first_child(xml::root_node); child != xml::no_node;
       child = (*result)->next_sibling(child))
    nodes.push_back({id, child, 0});
  // The result is used as a value: its element, or its text when the sheet writes no element.
  Sequence elements;
  for (const auto node : nodes)
    if (e.node_kind(node) == xml::NodeKind::element) elements.push_back(Item::of(node));
  if (!elements.empty()) return elements;
  return single(Item::of(e.text_of(Node{id, xml::root_node, 0})));
}

constexpr Function bpel_table[] = {
    {"getVariableProperty", 2, 2, Kind::unknown, get_variable_property},
    {"doXslTransform", 2, any_number, Kind::unknown, do_xsl_transform},
};

}  // namespace

std::span<const Function> bpel_functions() {
  return bpel_table;
}

Sequence Evaluator::property(const Expr& call) {
  const auto& p = *call.property;
  if (p.query == nullptr) return variable(p.variable);
  const auto start = variable_node(p.variable);
  const xml::NodeRef context{owners_[start.document], start.index};
  const auto value = p.query->evaluate(scope_, &context);
  if (!value) throw EvaluationError{value.error().name, value.error().detail, {}};
  if (value->size() != 1)
    raise_fault("selectionFailure", "The property of '" + p.variable.name + "' selects " +
                                        std::to_string(value->size()) + " nodes instead of one.");
  return from_program(*value, *this);
}

}  // namespace echoflow::xpath

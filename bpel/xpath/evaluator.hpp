#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bpel/xpath/functions.hpp"
#include "bpel/xpath/syntax.hpp"
#include "bpel/xpath/value.hpp"

namespace echoflow::xpath {

/// The context item, position and size. A node unless `atomic` is set; none when neither is there.
struct Focus {
  Node node;
  const Item* atomic = nullptr;
  std::uint32_t position = 1;
  std::uint32_t size = 1;
  bool present = false;

  static Focus none() { return {}; }
  static Focus at(Node n, std::size_t position = 1, std::size_t size = 1) {
    return {n, nullptr, static_cast<std::uint32_t>(position), static_cast<std::uint32_t>(size), true};
  }
  static Focus at(const Item& item, std::size_t position, std::size_t size) {
    Focus f;
    if (item.is_node())
      f.node = item.node();
    else
      f.atomic = &item;
    f.position = static_cast<std::uint32_t>(position);
    f.size = static_cast<std::uint32_t>(size);
    f.present = true;
    return f;
  }
};

/// A reference to a callable that takes a node and answers whether to go on. Does not own it.
class NodeSink {
 public:
  template <class F>
  explicit NodeSink(F& f)
      : self_(const_cast<void*>(static_cast<const void*>(&f))),
        call_([](void* self, Node n) -> bool { return (*static_cast<F*>(self))(n); }) {}
  bool operator()(Node n) const { return call_(self_, n); }

 private:
  void* self_;
  bool (*call_)(void*, Node);
};

/// One evaluation of one expression. Fails by throwing EvaluationError; not shared between threads.
class Evaluator {
 public:
  Evaluator(const Syntax& syntax, const program::EvaluationContext& scope);
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  // --- values (evaluator.cpp) -------------------------------------------------------------------------------------
  Sequence evaluate(const Expr& expr, const Focus& focus);
  bool boolean(const Expr& expr, const Focus& focus);
  double number(const Expr& expr, const Focus& focus);
  std::string string(const Expr& expr, const Focus& focus);
  /// The nodes of an expression; fails when it gives anything else.
  NodeList nodes(const Expr& expr, const Focus& focus);
  /// Meets the nodes in document order, until the sink has enough; false when it had.
  bool each_node(const Expr& expr, const Focus& focus, NodeSink sink);

  /// The value of a resolved bpel:getVariableProperty call.
  Sequence property(const Expr& call);

  // --- arguments of functions -------------------------------------------------------------------------------------
  /// Argument i as a string: XPath 1.0 converts anything; XPath 2.0 takes an empty sequence as "".
  std::string text_argument(const Expr& call, std::size_t i, const Focus& focus);
  /// XPath 2.0: one atomic value or none.
  std::optional<Item> atomic_argument(const Expr& call, std::size_t i, const Focus& focus);
  Sequence atomized_argument(const Expr& call, std::size_t i, const Focus& focus);
  /// The node that a function like name() is about: its argument, or the context node; nullopt: empty argument.
  std::optional<Node> node_argument(const Expr& call, std::size_t i, const Focus& focus);
  Node context_node(const Focus& focus) const;
  const Syntax& syntax() const { return syntax_; }
  bool two() const { return syntax_.dialect == Dialect::xpath2; }
  const program::EvaluationContext& scope() const { return scope_; }

  // --- conversions (conversions.cpp) ------------------------------------------------------------------------------
  bool effective_boolean(const Sequence& value) const;
  double number_of(const Sequence& value) const;
  double number_of(const Item& item) const;
  double number_of(Node n) const;
  std::string text_of(const Sequence& value) const;
  std::string text_of(const Item& item) const;
  Item atomize(const Item& item) const;
  Sequence atomize(const Sequence& value) const;

  // --- nodes (nodes.cpp) ------------------------------------------------------------------------------------------
  const xml::Document& document(Node n) const { return *documents_[n.document]; }
  std::uint32_t add_document(xml::DocumentPtr document);
  xml::DocumentPtr document_pointer(std::uint32_t id) const { return owners_[id]; }
  Node add_node(const xml::NodeRef& node);
  void append_text(Node n, std::string& out) const;
  std::string text_of(Node n) const;
  /// The string value, without a copy when it lies in the document; `buffer` holds it otherwise.
  std::string_view view_text(Node n, std::string& buffer) const;
  xml::NodeKind node_kind(Node n) const { return document(n).kind(n.index); }
  Node root_of(Node n) const { return {n.document, xml::root_node, 0}; }
  std::optional<Node> parent_of(Node n) const;
  int compare_order(Node a, Node b) const;
  void sort(NodeList& list);
  QNameValue name_of(Node n) const;
  xml::NamespaceDeclaration namespace_node(Node n) const;
  bool matches(const NodeTest& test, Axis axis, Node n);
  bool is_instance(const Item& item, const SequenceType& type);

  // --- limits -----------------------------------------------------------------------------------------------------
  void step(std::uint64_t n = 1) {
    steps_ += n;
    if (steps_ > syntax_.limits.max_steps) fail_steps();
  }
  void check_items(std::size_t n) const;
  void check_text(std::size_t n) const;

 private:
  // evaluator.cpp
  bool has_nodes(const Expr& expr, const Focus& focus);
  std::optional<bool> intrinsic_boolean(const Expr& call, const Focus& focus);
  std::optional<double> intrinsic_number(const Expr& call, const Focus& focus);
  Sequence variable(const VariableRef& ref);
  Sequence conditional_loops(const Expr& expr, const Focus& focus);
  void for_each_binding(const Expr& expr, std::size_t binding, const Focus& focus, Sequence& out);
  bool quantified(const Expr& expr, std::size_t binding, const Focus& focus);
  Sequence type_operation(const Expr& expr, const Focus& focus);
  Sequence sequence(const Expr& expr, const Focus& focus);
  Sequence range(const Expr& expr, const Focus& focus);
  Sequence filter(const Expr& expr, const Focus& focus);
  xml::DocumentPtr variable_document(const VariableRef& ref) const;
  Node variable_node(const VariableRef& ref);

  // operators.cpp
  double arithmetic_1(const Expr& expr, const Focus& focus);
  Sequence arithmetic_2(const Expr& expr, const Focus& focus);
  bool general_comparison(const Expr& expr, const Focus& focus);
  bool compare_nodes_with_number(const Expr& nodes, const Focus& focus, Comparison c, double value);
  bool compare_nodes_with_text(const Expr& nodes, const Focus& focus, Comparison c, const std::string& value);
  bool compare_untyped_with_number(const Expr& nodes, const Focus& focus, Comparison c, double value);
  Sequence value_comparison(const Expr& expr, const Focus& focus);
  Sequence node_comparison(const Expr& expr, const Focus& focus);
  NodeList set_operation(const Expr& expr, const Focus& focus);

  // paths.cpp
  bool path_nodes(const Expr& expr, const Focus& focus, NodeSink sink);
  bool path_start(const Expr& expr, const Focus& focus, Node& single, NodeList& many);
  bool stream(const Path& path, std::size_t step_index, Node from, const NodeSink& sink);
  bool stream_step(const Step& step, Node from, const NodeSink& next);
  bool list_step(const Step& step, Node from, const NodeSink& next);
  NodeList by_levels(const Path& path, std::size_t step_count, NodeList current);
  Sequence general_path(const Expr& expr, const Focus& focus);
  bool predicate(const Predicate& p, const Focus& focus);
  template <class F>
  bool walk(Axis axis, Node from, F&& visit);

  [[noreturn]] void fail_steps() const;

  const Syntax& syntax_;
  const program::EvaluationContext& scope_;
  std::vector<const xml::Document*> documents_;
  std::vector<xml::DocumentPtr> owners_;
  struct ResolvedName {
    std::uint32_t document = 0xffffffffu;
    xml::NameIndex name = xml::no_name;
  };
  std::vector<ResolvedName> names_;
  std::vector<Sequence> locals_;
  std::uint64_t steps_ = 0;
};

/// XPath 1.0 §3.4 and XPath 2.0 §3.5: compares numbers; NaN is unequal to all.
bool holds(Comparison c, double a, double b);
bool holds(Comparison c, int order);
/// Compares two atomic items of XPath 2.0 (no node, untypedAtomic counts as string). Throws err:XPTY0004.
bool compare_values(Comparison c, const Item& a, const Item& b);
/// As eq, false for values that cannot be compared.
bool values_equal(const Item& a, const Item& b);

}  // namespace echoflow::xpath

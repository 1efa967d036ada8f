#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bpel/xpath/compile.hpp"
#include "bpel/xpath/limits.hpp"
#include "bpel/xpath/value.hpp"

namespace echoflow::xslt {
struct Loaded;
}

/// The syntax tree that is evaluated: immutable after compiling.
namespace echoflow::xpath {

enum class Op : std::uint8_t {
  literal,
  variable,
  link,
  local,
  context_item,
  path,
  filter,
  or_,
  and_,
  general_comparison,
  value_comparison,
  node_is,
  node_before,
  node_after,
  add,  // from here to negate: the operators of arithmetic
  subtract,
  multiply,
  divide,
  integer_divide,
  modulo,
  negate,
  identity,
  union_,
  intersect,
  except,
  sequence,
  range,
  if_,
  for_,
  some,
  every,
  instance_of,
  cast,
  castable,
  treat,
  call,
};

enum class Comparison : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal };

/// What is known of a value before it is computed.
enum class Kind : std::uint8_t { unknown, nodes, number, string, boolean };

enum class Axis : std::uint8_t {
  child,
  descendant,
  descendant_or_self,
  self,
  attribute,
  parent,
  ancestor,
  ancestor_or_self,
  following_sibling,
  preceding_sibling,
  following,
  preceding,
  namespace_,
};

enum class TestKind : std::uint8_t {
  name,
  any_name,
  any_in_namespace,
  any_namespace,
  node,
  text,
  comment,
  instruction,
  element,
  attribute,
  document
};

struct NodeTest {
  TestKind kind = TestKind::node;
  std::string ns;
  std::string local;       ///< also the target of processing-instruction('x'); "" = any
  bool has_name = false;   ///< element(n), attribute(n)
  std::uint32_t slot = 0;  ///< kind name: place in the evaluation's table of resolved names
};

struct Expr;
using ExprPtr = std::unique_ptr<const Expr>;

enum class PredicateKind : std::uint8_t { position, number, boolean, dynamic };

struct Predicate {
  PredicateKind kind = PredicateKind::dynamic;
  double position = 0;  ///< kind position: the constant
  bool needs_last = false;
  ExprPtr expr;
};

struct Step {
  Axis axis = Axis::child;
  NodeTest test;
  std::vector<Predicate> predicates;
  bool needs_list = false;  ///< a predicate asks for last()
  ExprPtr expr;             ///< XPath 2.0: a step that is no axis step
};

enum class PathStart : std::uint8_t { context, root, expression };

struct Path {
  PathStart start = PathStart::context;
  ExprPtr base;  ///< start expression
  std::vector<Step> steps;
  bool streams = false;  ///< from one start node, depth first already gives document order without doubles
};

enum class Occurrence : std::uint8_t { one, optional, any, many, empty };
struct SequenceType {
  Occurrence occurrence = Occurrence::one;
  enum class Target : std::uint8_t { item, node, atomic } target = Target::item;
  NodeTest test;             ///< target node
  Type type = Type::string;  ///< target atomic
  bool any_atomic = false;   ///< xs:anyAtomicType
};

struct Function;

/// How a reference to a BPEL variable is seen (WS-BPEL 2.0 §8.2.2).
enum class VariableForm : std::uint8_t { node, number, string, boolean };
struct VariableRef {
  program::VariableId id = program::none;
  std::uint32_t part = 0;
  VariableForm form = VariableForm::node;
  Type type = Type::untyped_atomic;  ///< XPath 2.0: the type of a simple-typed variable
  std::string name;
};

/// A resolved call of bpel:getVariableProperty: `variable` is the part that the alias names.
struct PropertyCall {
  VariableRef variable;
  const program::Expression* query = nullptr;
};

struct Expr {
  Op op = Op::literal;
  Kind kind = Kind::unknown;
  Comparison comparison = Comparison::equal;
  bool needs_context = false;  ///< reads the context item of its focus
  bool needs_position = false;
  bool needs_last = false;
  std::uint32_t offset = 0;  ///< in the expression's text
  std::uint32_t depth = 1;
  std::uint32_t slot = 0;  ///< local variable's, link's id
  std::vector<ExprPtr> children;
  std::vector<std::uint32_t> slots;  ///< for, some, every: the variable of each binding; the last child is the body
  Item literal;
  std::unique_ptr<const Path> path;
  std::vector<Predicate> predicates;  ///< op filter
  std::unique_ptr<const SequenceType> sequence_type;
  VariableRef variable;
  const Function* function = nullptr;
  std::unique_ptr<const PropertyCall> property;
  std::shared_ptr<const xslt::Loaded> stylesheet;  ///< bpel:doXslTransform: the sheet, or why there is none
};

/// An expression as written, compiled: what evaluators share.
struct Syntax {
  std::string text;
  Dialect dialect = Dialect::xpath1;
  bool lvalues = false;  ///< Purpose::target: simple variables are seen as nodes
  Limits limits;
  ExprPtr root;                  ///< null: the text is empty
  std::uint32_t name_count = 0;  ///< size of the evaluation's table of resolved names
  std::uint32_t local_count = 0;
  std::vector<program::VariableUse> uses;
  xml::DocumentPtr namespaces;            ///< for QNames that are read at run time: the prefixes in scope …
  xml::NodeIndex element = xml::no_node;  ///< … of this element
};

}  // namespace echoflow::xpath

#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bpel/generate/content/texts.hpp"
#include "bpel/generate/expressions/syntax.hpp"
#include "models/graph/process_graph.hpp"

namespace echoflow::generate {

using graph::ContainerIndex;
using graph::NodeIndex;

/// A variable of the generated process: a data object, property, input or output of the model, or a name that its
/// expressions and scripts use without declaring it.
struct ModelVariable {
  std::string name;  ///< as expressions say it
  std::string bpel;
  std::string schema_type;  ///< local name in XML Schema; "" where it has parts
  ValueType type = ValueType::unknown;
  ContainerIndex container = 0;  ///< whose scope declares it
  bool declared = false;
  NodeIndex node = graph::none;

  bool has_parts() const { return type == ValueType::structure || type == ValueType::list; }
};

/// The process that a container belongs to.
ContainerIndex process_of(const graph::ProcessGraph& graph, ContainerIndex container);

/// Names that are used without a declaration, in their order, and what their uses tell.
struct Wanted {
  std::vector<std::string> order;
  ValueTypes types;

  void add(const std::string& name, ValueType type);
  void infer_from(const Syntax& syntax, ValueType wanted);
};

/// All variables of all processes of a model.
class Variables {
 public:
  explicit Variables(const graph::ProcessGraph& graph);

  /// In the model's order, declared ones first.
  const std::vector<ModelVariable>& all() const { return variables_; }
  std::vector<const ModelVariable*> of(ContainerIndex container) const;
  /// By name or id of data, as it is seen from a container: innermost first; null when there is none.
  const ModelVariable* find(ContainerIndex from, std::string_view name) const;
  const ModelVariable* of_node(NodeIndex data) const;
  /// By its name in capitals with underscores: INTEGER_VARIABLE is integerVariable.
  const ModelVariable* find_shouted(ContainerIndex from, std::string_view shouted) const;
  KnownVariables known(ContainerIndex from) const;
  /// For the reading of expressions and scripts.
  Dialect dialect(const Text& text) const { return {text.feel, spoken_}; }

 private:
  void add_data();
  void add_undeclared();
  void gather(std::map<ContainerIndex, Wanted>& wanted);
  void settle();
  void add(ModelVariable variable);
  NodeIndex meant_by(NodeIndex data) const;

  const graph::ProcessGraph& graph_;
  std::vector<ModelVariable> variables_;
  std::vector<std::string> spoken_;
  std::map<std::string, std::size_t, std::less<>> by_data_id_;
  std::map<std::string, NodeIndex> stores_;  ///< the first reference to each data store
};

/// The schema type that an item definition's structure names ("xsd:int", "String", "java.lang.Integer"); "" when it is
/// no simple one.
std::string simple_type(std::string_view structure);
ValueType value_type(std::string_view schema_type);

}  // namespace echoflow::generate

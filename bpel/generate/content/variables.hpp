#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

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
  std::string schema_type;  ///< local name in XML Schema
  ValueType type = ValueType::unknown;
  ContainerIndex container = 0;  ///< whose scope declares it
  bool declared = false;
  NodeIndex node = graph::none;
};

/// The process that a container belongs to.
ContainerIndex process_of(const graph::ProcessGraph& graph, ContainerIndex container);

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

 private:
  void add_data();
  void add_undeclared();
  void add(ModelVariable variable);
  NodeIndex meant_by(NodeIndex data) const;

  const graph::ProcessGraph& graph_;
  std::vector<ModelVariable> variables_;
  std::map<std::string, std::size_t, std::less<>> by_data_id_;
};

/// The schema type that an item definition's structure names ("xsd:int", "String", "java.lang.Integer"); "" when it is
/// no simple one.
std::string simple_type(std::string_view structure);
ValueType value_type(std::string_view schema_type);

}  // namespace echoflow::generate

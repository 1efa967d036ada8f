#pragma once
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "bpel/ast/ast.hpp"
#include "models/base/namespaces.hpp"

/// Which elements and attributes of our namespaces may stand where: the tables that the rules CX00001 to CX00004 hold a
/// process against.
namespace echoflow::rules::grammar {

enum class Value : unsigned char {
  text,
  name,  ///< without a colon
  qname,
  boolean,  ///< yes, true, 1, no, false, 0
  duration,
  level,     ///< a number or a duration
  count,     ///< a whole number from 1
  percent,   ///< a number from 0 to 100
  capacity,  ///< a whole number from 1 to 100
  proficiency,
  priority,  ///< a whole number from 0 to 10
  one_of,
};
struct Attribute {
  std::string_view name;
  Value value = Value::text;
  bool required = false;
  std::string_view ns = {};
  std::vector<std::string_view> choices = {};
};
struct Name {
  std::string_view ns, local;
  friend bool operator==(const Name&, const Name&) = default;
};
struct Element {
  Name name;
  std::vector<Attribute> attributes;
  std::vector<Name> children;
  bool open = false;  ///< what stands in it is not looked at
};

/// True for the namespaces that the tables are about.
bool is_ours(std::string_view ns);
/// What may stand in an element of our namespaces; null: there is no such element.
const Element* find(const xml::Document& document, xml::NodeIndex element);
/// Elements of ours that may stand in an element of WS-BPEL.
bool may_stand_in_bpel(std::string_view parent, const Name& child);
/// Attributes of ours that elements of WS-BPEL may carry.
bool may_carry(std::string_view bpel_element, const Name& attribute);
/// What is wrong with a value, as "it must be …"; nullopt: nothing.
std::optional<std::string> wrong_value(const Attribute& attribute, std::string_view value);

/// Calls `visit` with every element below a node, outside of literals.
template <class Visit>
void for_each_element(const xml::Document& document, xml::NodeIndex node, Visit&& visit) {
  for (auto child = document.first_child_element(node); child != xml::no_node;
       child = document.next_sibling_element(child)) {
    visit(child);
    const bool is_data = document.namespace_uri(child) == ns::bpel && document.local_name(child) == "literal";
    const auto* element = find(document, child);
    if (!is_data && !(element != nullptr && element->open)) for_each_element(document, child, visit);
  }
}

}  // namespace echoflow::rules::grammar

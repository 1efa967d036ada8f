#pragma once
#include <functional>
#include <string_view>
#include <vector>

#include "bpel/parse/context.hpp"

namespace echoflow::parse {

enum class Mixed { no, yes };  ///< whether an element may hold text beside its elements

/// The child elements of one BPEL element, taken in the order in which they must stand. What stands too early or too
/// late is reported and taken all the same; what nobody took is reported when this goes out of scope.
class Children {
 public:
  /// Puts documentation and extension elements into `out`, and reports text where none may be.
  Children(Context& context, xml::NodeIndex parent, ast::Element& out, Mixed mixed = Mixed::no);
  ~Children();
  Children(const Children&) = delete;
  Children& operator=(const Children&) = delete;

  /// The child of this name, or no_node.
  xml::NodeIndex optional(std::string_view name);
  /// As optional; its absence is reported.
  xml::NodeIndex required(std::string_view name);
  /// All children of this name.
  std::vector<xml::NodeIndex> many(std::string_view name);
  /// As many; it is reported when there are none.
  std::vector<xml::NodeIndex> at_least_one(std::string_view name);
  /// All children of these names, in the order in which they stand; it is reported when there are none.
  std::vector<xml::NodeIndex> at_least_one_of(std::initializer_list<std::string_view> names);

  /// The one activity that must stand here, or null.
  ast::ActivityPtr activity();
  /// The one activity, which must be a scope; another is reported and given back.
  ast::ActivityPtr scope_activity();
  /// All activities; it is reported when there are none.
  std::vector<ast::ActivityPtr> activities();

 private:
  struct Child {
    xml::NodeIndex node;
    bool taken = false;
  };
  void sort_out(ast::Element& out, Mixed mixed);
  void read_foreign(xml::NodeIndex child, ast::Element& out, bool late);
  using Wanted = std::function<bool(xml::NodeIndex)>;
  xml::NodeIndex take(const Wanted& wanted);
  std::vector<xml::NodeIndex> take_all(const Wanted& wanted);
  Wanted named(std::initializer_list<std::string_view> names);
  void check_order(std::size_t index);
  void report_left_over(const Child& child);

  Context& context_;
  xml::NodeIndex parent_;
  std::vector<Child> children_;
  std::vector<std::string> known_;  // names that may stand here
  bool holds_activity_ = false;
  std::size_t last_taken_ = 0;
  bool any_taken_ = false;
};

/// Reads a <documentation> element.
ast::Documentation read_documentation(Context& context, xml::NodeIndex element);

}  // namespace echoflow::parse

#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bpel/parse/context.hpp"

namespace echoflow::parse {

/// The attributes of one BPEL element, taken one by one by name. What nobody took is reported when this goes out of
/// scope. A value that is not of its type is reported; names are then given as they were written.
class Attributes {
 public:
  /// Attributes of other namespaces go to `out.extension_attributes`.
  Attributes(Context& context, xml::NodeIndex element, ast::Element& out);
  ~Attributes();
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;

  enum class Need { optional, required };

  std::optional<std::string> text(std::string_view name, Need need = Need::optional);
  std::string text_or_empty(std::string_view name, Need need = Need::optional) { return text(name, need).value_or(""); }
  std::string ncname(std::string_view name, Need need = Need::optional);
  /// White space separated names; each is checked.
  std::vector<std::string> ncnames(std::string_view name, Need need);
  std::optional<QName> qname(std::string_view name, Need need = Need::optional);
  std::vector<QName> qnames(std::string_view name, Need need);
  ast::YesNo yes_no(std::string_view name, Need need = Need::optional);
  /// One of `values`, or "" when absent or wrong.
  std::string one_of(std::string_view name, std::initializer_list<std::string_view> values);

 private:
  std::optional<std::string_view> take(std::string_view name, Need need);
  QName resolved(std::string_view name, std::string_view value);
  void check_ncname(std::string_view name, std::string_view value);
  void wrong_value(std::string_view name, std::string_view value, std::string_view remedy);

  Context& context_;
  xml::NodeIndex element_;
  xml::NodeIndex taken_ = xml::no_node;  // the last one
  std::vector<xml::NodeIndex> left_;
};

}  // namespace echoflow::parse

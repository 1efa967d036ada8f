#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bpel/ast/ast.hpp"
#include "models/base/diagnostic.hpp"

namespace echoflow::parse {

/// The file being read and where its findings go.
class Context {
 public:
  Context(xml::DocumentPtr document, std::string file, Diagnostics& findings);

  const xml::Document& document() const { return *document_; }
  const std::string& file() const { return file_; }
  SourceLocation where(xml::NodeIndex node) const;
  ast::Origin origin(xml::NodeIndex element) const;
  /// "<receive>", with the prefix that the author wrote.
  std::string tag(xml::NodeIndex element) const;

  void error(xml::NodeIndex node, std::string message) { report(node, Severity::error, std::move(message)); }
  void warning(xml::NodeIndex node, std::string message) { report(node, Severity::warning, std::move(message)); }

  bool is_bpel(xml::NodeIndex element) const;
  bool is_bpel(xml::NodeIndex element, std::string_view local) const;

 private:
  void report(xml::NodeIndex node, Severity severity, std::string message);
  void number_children(xml::NodeIndex parent);

  xml::DocumentPtr document_;
  std::string file_;
  Diagnostics& findings_;
  std::vector<std::uint32_t> ordinals_;  // of each element among its siblings of the same name, from 1
};

}  // namespace echoflow::parse

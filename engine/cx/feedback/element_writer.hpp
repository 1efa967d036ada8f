#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/messages/message.hpp"
#include "models/xml/tree.hpp"

namespace echoflow::intake {

/// As xs:decimal with at most six places; what is no number becomes 0.
std::string decimal(double value);
/// Without the characters that XML 1.0 does not know.
std::string xml_text(std::string_view text);

/// Builds an element of the built-in services' namespace, child by child.
class ElementWriter {
 public:
  using Attributes = std::vector<std::pair<std::string, std::string>>;
  explicit ElementWriter(std::string_view root);

  void add(std::string_view name, std::string_view text, const Attributes& attributes = {});
  void add_if(std::string_view name, std::string_view text) {
    if (!text.empty()) add(name, text);
  }
  /// A child with children of its own; writes into the same document.
  ElementWriter open(std::string_view name);
  /// A message with the document as its only part.
  Message message(std::string_view type) const;

 private:
  std::shared_ptr<xml::Document> document_;
  xml::NodeIndex element_ = xml::no_node;
};

}  // namespace echoflow::intake

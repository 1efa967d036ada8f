#pragma once
#include <string>

#include "models/xml/tree.hpp"

namespace echoflow::xml {

struct WriteOptions {
  bool declaration = false;  ///< begin with <?xml version="1.0" encoding="UTF-8"?>
};

/// Serializes a node (document node: all its children) as UTF-8. The result is namespace-complete: read alone it gives
/// the same names; prefixes are kept where they can be and invented where one is missing.
void write(const Document& document, NodeIndex node, std::string& out, const WriteOptions& options = {});
std::string to_string(const Document& document, NodeIndex node = root_node, const WriteOptions& options = {});

}  // namespace echoflow::xml

#pragma once
// Inside models/xml only.
#include <string_view>
#include <vector>

namespace echoflow::xml {

/// A schema that deployments import without bringing a file.
struct BuiltinSchema {
  std::string_view ns;
  std::string_view text;
};

const std::vector<BuiltinSchema>& builtin_schemas();
/// nullptr when the namespace has none.
const BuiltinSchema* builtin_schema(std::string_view ns);

}  // namespace echoflow::xml

#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

#include "bpel/generate/expressions/syntax.hpp"

namespace echoflow::generate {

/// A function or method: `name(a, b)` and `a.name(b)` are the same. In `xpath`, {1} stands for the first value.
struct Function {
  std::string_view name;
  std::size_t values;
  ValueType takes;
  ValueType gives;
  std::string_view xpath;
};

/// null when there is none of that name (and number of values). Texts and lists have some functions of the same names:
/// `first` is what the first value is known to be.
const Function* find_function(std::string_view name, std::optional<std::size_t> values = std::nullopt,
                              ValueType first = ValueType::unknown);

}  // namespace echoflow::generate

#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "bpel/xpath/syntax.hpp"

namespace echoflow::xpath {

class Evaluator;
struct Focus;

/// What a function reads of its focus.
enum class FocusUse : std::uint8_t {
  none,
  context_by_default,  ///< the context item, when its last argument is left out
  position,
  last,
};

/// Functions that evaluators answer without building a sequence.
enum class Intrinsic : std::uint8_t {
  none,
  position,
  last,
  count,
  not_,
  true_,
  false_,
  boolean,
  number,
  string,
  exists,
  empty
};

struct Function {
  std::string_view name;
  std::uint8_t min_arguments;
  std::uint8_t max_arguments;  ///< any_number: no upper bound
  Kind kind;
  Sequence (*call)(Evaluator&, const Expr&, const Focus&);
  FocusUse focus = FocusUse::none;
  Intrinsic intrinsic = Intrinsic::none;
};
inline constexpr std::uint8_t any_number = 255;

/// The tables, one for each library and dialect.
std::span<const Function> core_functions_1();    ///< XPath 1.0 §4
std::span<const Function> string_functions_2();  ///< XPath 2.0 functions on strings, URIs and QNames
std::span<const Function> sequence_functions_2();
std::span<const Function> number_functions_2();
std::span<const Function> time_functions_2();
std::span<const Function> node_functions_2();
std::span<const Function> bpel_functions();
std::span<const Function> ode_functions();
std::span<const Function> cx_functions();    ///< our own: KPIs
std::span<const Function> task_functions();  ///< of WS-HumanTask

struct FunctionLookup {
  const Function* function = nullptr;
  bool known_name = false;  ///< a function of that name exists, with other numbers of arguments
  std::string arities;      ///< "1 to 2", for messages
};
FunctionLookup find_function(std::string_view ns, std::string_view name, std::size_t arguments, Dialect dialect);

}  // namespace echoflow::xpath

#include "bpel/xpath/functions.hpp"

#include <algorithm>
#include <initializer_list>

#include "models/base/namespaces.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::xpath {
namespace {

bool takes(const Function& f, std::size_t arguments) {
  return arguments >= f.min_arguments && (f.max_arguments == any_number || arguments <= f.max_arguments);
}

std::string counted(std::size_t n) {
  return n == 0 ? "no argument" : n == 1 ? "1 argument" : std::to_string(n) + " arguments";
}

std::string arity(const Function& f) {
  if (f.max_arguments == any_number) return "at least " + counted(f.min_arguments);
  if (f.min_arguments == f.max_arguments) return counted(f.min_arguments);
  return std::to_string(f.min_arguments) + " to " + counted(f.max_arguments);
}

FunctionLookup find_in(std::initializer_list<std::span<const Function>> tables, std::string_view name,
                       std::size_t arguments) {
  FunctionLookup result;
  for (const auto table : tables) {
    for (const auto& f : table) {
      if (f.name != name) continue;
      result.known_name = true;
      result.arities = arity(f);
      if (takes(f, arguments)) result.function = &f;
    }
  }
  return result;
}

}  // namespace

FunctionLookup find_function(std::string_view ns, std::string_view name, std::size_t arguments, Dialect dialect) {
  if (ns == ns::bpel) return find_in({bpel_functions()}, name, arguments);
  if (ns == ns::ode_extension) return find_in({ode_functions()}, name, arguments);
  if (ns == ns::cx) return find_in({cx_functions()}, name, arguments);
  if (ns == ns::htd) return find_in({task_functions()}, name, arguments);
  if (dialect == Dialect::xpath1) return ns.empty() ? find_in({core_functions_1()}, name, arguments) : FunctionLookup{};
  if (ns != ns::xpath_functions) return {};
  return find_in(
      {string_functions_2(), sequence_functions_2(), number_functions_2(), time_functions_2(), node_functions_2()},
      name, arguments);
}

}  // namespace echoflow::xpath

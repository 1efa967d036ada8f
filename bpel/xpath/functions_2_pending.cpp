#include "bpel/xpath/functions.hpp"

namespace echoflow::xpath {

std::span<const Function> string_functions_2() { return {}; }
std::span<const Function> sequence_functions_2() { return {}; }
std::span<const Function> number_functions_2() { return {}; }
std::span<const Function> time_functions_2() { return {}; }
std::span<const Function> node_functions_2() { return {}; }
std::span<const Function> ode_functions() { return {}; }

}  // namespace echoflow::xpath

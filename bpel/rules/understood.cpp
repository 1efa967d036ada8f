#include "bpel/rules/understood.hpp"

#include "models/base/namespaces.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::rules {

bool understood_extension(std::string_view uri) {
  return uri == ns::ode_extension || uri == ns::cx || uri == ns::b4p || uri == ns::htd || uri == ns::htt;
}

bool understood_language(std::string_view language) {
  return language.empty() || language == ns::xpath1_sublang || language == ns::xpath2_sublang;
}

}  // namespace echoflow::rules

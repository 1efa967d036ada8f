#include "bpel/compile/compiler.hpp"

namespace echoflow::compile {

NodeId compile_activity(Compiler& compiler, const ast::Scope& source, const Place& place) {
  return compiler.scope_with(
      source, place, [](Environment&, program::Scope&, const Place&) {}, [](const Place&) {});
}

}  // namespace echoflow::compile

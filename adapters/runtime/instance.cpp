#include "adapters/runtime/instance.hpp"

#include "models/instances/instance_state.hpp"

namespace echoflow::runtime {

Instance::Instance(InstanceId instance) : id(instance) {}
Instance::~Instance() = default;

}  // namespace echoflow::runtime

#pragma once
#include <memory>

#include "adapters/cx/tasks/desk_file.hpp"
#include "adapters/runtime/builtin_partners.hpp"
#include "adapters/runtime/runtime.hpp"

namespace echoflow::intake {
class Publisher;
}

namespace echoflow::tool {

/// The human tasks of a server with all that they need.
class TaskHost {
 public:
  /// Makes itself known as a partner. Everything outlives it.
  TaskHost(engine::Store& store, runtime::BuiltinPartners& partners, const tasks::DeskFile& desk);
  ~TaskHost();
  tasks::TaskService& service();
  /// After the runtime has started.
  Result<void> start(runtime::Runtime& runtime, intake::Publisher& publisher);
  /// Before the runtime stops.
  void stop();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace echoflow::tool

#pragma once
#include <map>
#include <optional>

#include "engine/ports/store.hpp"

namespace echoflow::documents {

/// Which process version an instance runs; asked in the order of the journal, it reads a thousand instances at once and
/// keeps some thousands.
class InstanceIndex {
 public:
  explicit InstanceIndex(engine::Store& store) : store_(store) {}
  /// 0: there is no such instance (any more). The error is the store's words.
  Result<std::int64_t> process_of(InstanceId id);

 private:
  engine::Store& store_;
  std::map<InstanceId, std::int64_t> known_;
  InstanceId lowest_ = 0, highest_ = -1;  ///< what is not known between them does not exist
};

}  // namespace echoflow::documents

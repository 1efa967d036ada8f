#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "adapters/documents/control/register.hpp"
#include "adapters/documents/signer.hpp"

namespace echoflow::tool {

/// The controlled documents of a server, its signing key, and who reminds of reviews.
class DocumentHost {
 public:
  /// The store outlives it.
  DocumentHost(engine::Store& store, documents::Signer signer, documents::RegisterOptions options = {});
  ~DocumentHost();
  documents::Register& documents() { return register_; }
  const documents::Signer& signer() const { return signer_; }
  /// After the runtime has started: documents follow what was deployed meanwhile.
  void start(const runtime::Directory& directory);
  void stop();

 private:
  void remind();
  const documents::Signer signer_;
  documents::Register register_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread reminder_;
};

}  // namespace echoflow::tool

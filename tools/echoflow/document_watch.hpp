#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "adapters/http/client.hpp"

namespace echoflow::tool {

/// Asks a server, while another request waits for a document, how far that is, and shows it on the terminal. Without a
/// terminal it does nothing.
class DocumentWatch {
 public:
  using RequestTo = std::function<http::ClientRequest(const std::string& path)>;
  /// `id` is the process definition's; `request_to` makes requests to paths below it.
  DocumentWatch(const std::string& id, RequestTo request_to);
  ~DocumentWatch();
  /// What the request for the document adds to its query: "&watch=…", or nothing.
  std::string query() const { return name_.empty() ? name_ : "&watch=" + name_; }
  /// The document is here, or will not come; the line on the terminal ends.
  void stop(bool is_here);

 private:
  void run();

  const std::string id_;
  const RequestTo request_to_;
  std::string name_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false, is_here_ = false;
  std::thread asker_;
};

}  // namespace echoflow::tool

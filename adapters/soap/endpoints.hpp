#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "adapters/runtime/directory.hpp"

namespace echoflow::soap {

/// One myRole partner link of a process, with the path of its URL. The path is the same for every version.
struct Endpoint {
  std::string path;  ///< "/services/Order-1f2e3d4c5b/customer"
  std::string process_key;
  runtime::EndpointInfo info;
};

/// All endpoints of a directory by path and by short path; immutable.
class EndpointTable {
 public:
  explicit EndpointTable(const runtime::Directory& directory);
  const Endpoint* find(const std::string& path) const;
  std::uint64_t generation() const { return generation_; }

 private:
  void add(const std::string& path, const Endpoint& endpoint, bool is_newest);

  std::uint64_t generation_;
  std::map<std::string, Endpoint, std::less<>> by_path_;
};

/// "/services/<process name>-<hash of its namespace>/<partner link>".
std::string endpoint_path(const QName& process, const std::string& partner_link);
/// "/services/<process name>/<partner link>": works where no other process has the name.
std::string short_endpoint_path(const std::string& process_name, const std::string& partner_link);

/// Keeps the table of the newest directory.
class Endpoints {
 public:
  std::shared_ptr<const EndpointTable> of(const runtime::DirectoryPtr& directory);

 private:
  std::mutex mutex_;
  std::shared_ptr<const EndpointTable> table_;
};

}  // namespace echoflow::soap

#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "models/base/qname.hpp"
#include "models/base/time.hpp"

namespace echoflow::runtime {

/// A myRole partner link, seen from outside.
struct EndpointInfo {
  std::string partner_link;
  std::string role;
  QName port_type;
  std::string wsdl_file;  ///< in the deployment
};

/// A deployed process version: what is known without compiling it.
struct ProcessInfo {
  std::int64_t id = 0;  ///< process-definition id
  std::int64_t deployment = 0;
  std::string key;  ///< the process's QName in Clark notation
  std::int32_t version = 0;
  QName name;
  std::string file;  ///< its .bpel in the deployment
  std::string source_hash;
  bool in_memory = false;
  bool retired = false;  ///< starts no new instances
  std::vector<EndpointInfo> endpoints;
};
using ProcessInfoPtr = std::shared_ptr<const ProcessInfo>;

struct DeploymentInfo {
  std::int64_t id = 0;
  std::string name;
  TimePoint deployed_at;
  std::vector<ProcessInfoPtr> processes;
};

/// Everything that is deployed at one moment; immutable. `generation` grows with every change, so that others can cache
/// what they derive from it.
struct Directory {
  std::uint64_t generation = 0;
  std::map<std::int64_t, DeploymentInfo> deployments;
  std::map<std::int64_t, ProcessInfoPtr> processes;
  std::map<std::string, std::vector<ProcessInfoPtr>> versions;  ///< by key, oldest first

  const ProcessInfo* process(std::int64_t id) const {
    auto it = processes.find(id);
    return it == processes.end() ? nullptr : it->second.get();
  }
  /// The version on which new instances start; null when the key is unknown.
  ProcessInfoPtr newest(const std::string& key) const {
    auto it = versions.find(key);
    if (it == versions.end()) return nullptr;
    for (auto v = it->second.rbegin(); v != it->second.rend(); ++v)
      if (!(*v)->retired) return *v;
    return it->second.back();
  }
};
using DirectoryPtr = std::shared_ptr<const Directory>;

}  // namespace echoflow::runtime

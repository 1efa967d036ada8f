#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "models/base/diagnostic.hpp"
#include "models/base/qname.hpp"

namespace echoflow::graph {
class ProcessGraph;
}

namespace echoflow::engine {

/// The model behind a deployed process.
struct ProcessModel {
  std::shared_ptr<const graph::ProcessGraph> graph;  ///< null when the file cannot be read; see findings
  std::uint32_t container = 0;                       ///< index of the process in `graph->containers`
  Diagnostics findings;
};

/// Files of a deployment → the graph of one of its processes, drawn from its .bpel or read from the model that it was
/// deployed as. Implemented over bpel/ in the composition root, as the compiler is. Node ids are the elementIds that
/// the process's instances have. Thread-safe.
class ProcessModels {
 public:
  virtual ~ProcessModels() = default;
  /// `file` is the process's own in the deployment (ProcessInfo::file).
  virtual ProcessModel model(const std::map<std::string, std::string>& files, const std::string& file,
                             const QName& process) const = 0;
  /// The WSDL and schema files that are made of the models among the files, by the paths that ProcessInfo's endpoints
  /// name; nothing where there are none.
  virtual std::map<std::string, std::string> interface_files(
      [[maybe_unused]] const std::map<std::string, std::string>& files) const {
    return {};
  }
};

}  // namespace echoflow::engine

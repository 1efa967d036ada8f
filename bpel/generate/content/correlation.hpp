#pragma once
#include <map>
#include <string>
#include <vector>

#include "models/graph/process_graph.hpp"

namespace echoflow::generate {

/// By what messages of one conversation are told from those of others: a correlation key of the model.
struct CorrelationKey {
  std::string name;  ///< of the correlation set
  struct Property {
    std::string name;                          ///< of the BPEL property
    std::map<std::string, std::string> paths;  ///< message → XPath in its content
    std::string unread;                        ///< a path that is not understood
  };
  std::vector<Property> properties;

  /// Whether every property can be read in that message.
  bool covers(const std::string& message) const;
};

std::vector<CorrelationKey> correlation_keys(const graph::ProcessGraph& graph);
/// Whether a process wants messages that agree with its own data (correlation property bindings).
bool binds_correlation(const graph::Container& process);
/// The name of the variable that a path begins with.
std::string first_step(const std::string& xpath);

}  // namespace echoflow::generate

#include "models/cx/listeners.hpp"

#include <algorithm>

#include "models/cx/namespaces.hpp"

namespace echoflow::cx {

std::vector<Listener> listeners(const program::Program& program) {
  std::vector<Listener> found;
  for (const auto& entry : program.entries) {
    const auto& operation = entry.inbound->operation;
    if (operation.port_type.ns != ns::cx) continue;
    Listener listener{program.partner_links[operation.partner_link].name, operation.port_type, operation.operation,
                      entry.creates_instance};
    const auto same = std::find_if(found.begin(), found.end(), [&](const Listener& other) {
      return other.partner_link == listener.partner_link && other.operation == listener.operation;
    });
    if (same == found.end())
      found.push_back(std::move(listener));
    else
      same->starts = same->starts || listener.starts;
  }
  return found;
}

}  // namespace echoflow::cx

#pragma once
#include <string>
#include <vector>

#include "models/program/program.hpp"

namespace echoflow::cx {

/// A partner link by which a process hears a built-in service.
struct Listener {
  std::string partner_link;
  QName port_type;  ///< of models/cx/schema/echoflow-cx.wsdl: {urn:echoflow:cx:1.0}FeedbackListener …
  std::string operation;
  bool starts = false;  ///< it also starts instances
  friend bool operator==(const Listener&, const Listener&) = default;
};

/// Every partner link and operation of a process that receives from a built-in service, once, in document order.
std::vector<Listener> listeners(const program::Program& program);

}  // namespace echoflow::cx

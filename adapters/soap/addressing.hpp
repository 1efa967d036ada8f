#pragma once
#include <string>
#include <string_view>

#include "models/program/wire.hpp"
#include "models/xml/tree.hpp"

namespace echoflow::soap {

/// The WS-Addressing 1.0 headers that matter here; empty when absent. The anonymous and "none" addresses count as
/// absent.
struct Addressing {
  std::string message_id;
  std::string reply_to;
  std::string relates_to;
  std::string action;
  std::string to;

  bool empty() const {
    return message_id.empty() && reply_to.empty() && relates_to.empty() && action.empty() && to.empty();
  }
};

/// True for the namespaces of WS-Addressing that are understood: 1.0 and the submission of August 2004.
bool is_addressing(std::string_view ns);

/// Reads the header blocks below a soap:Header; no_node: no headers.
Addressing read_addressing(const xml::Document& document, xml::NodeIndex header);

/// Writes the header blocks, without the soap:Header around them.
void write_addressing(const Addressing& addressing, std::string& out);

/// The action that WS-Addressing gives a message whose WSDL names none: "{ns}/{portType}/{operation}Request" or
/// "…Response".
std::string default_action(const program::WireOperation& operation, bool response);

}  // namespace echoflow::soap

#include "adapters/soap/addressing.hpp"

#include "adapters/soap/text.hpp"
#include "models/base/namespaces.hpp"

namespace echoflow::soap {

namespace {

constexpr std::string_view wsa_2004 = "http://schemas.xmlsoap.org/ws/2004/08/addressing";

bool is_no_address(std::string_view address) {
  return address.ends_with("/addressing/anonymous") || address.ends_with("/addressing/none") ||
         address.ends_with("/addressing/role/anonymous");
}

std::string trimmed_value(const xml::Document& document, xml::NodeIndex node) {
  return std::string(trimmed(document.string_value(node)));
}

void write_block(std::string_view name, const std::string& value, std::string& out) {
  if (value.empty()) return;
  out.append("<wsa:").append(name).append(" xmlns:wsa=\"").append(ns::wsa).append("\">");
  append_escaped(value, out);
  out.append("</wsa:").append(name).append(">");
}

}  // namespace

bool is_addressing(std::string_view uri) {
  return uri == ns::wsa || uri == wsa_2004;
}

Addressing read_addressing(const xml::Document& document, xml::NodeIndex header) {
  Addressing found;
  if (header == xml::no_node) return found;
  for (auto block = document.first_child_element(header); block != xml::no_node;
       block = document.next_sibling_element(block)) {
    if (!is_addressing(document.namespace_uri(block))) continue;
    std::string_view name = document.local_name(block);
    if (name == "MessageID")
      found.message_id = trimmed_value(document, block);
    else if (name == "RelatesTo")
      found.relates_to = trimmed_value(document, block);
    else if (name == "Action")
      found.action = trimmed_value(document, block);
    else if (name == "To")
      found.to = trimmed_value(document, block);
    else if (name == "ReplyTo") {
      auto address = document.find_child(block, document.namespace_uri(block), "Address");
      if (address == xml::no_node) continue;
      std::string value = trimmed_value(document, address);
      if (!is_no_address(value)) found.reply_to = std::move(value);
    }
  }
  return found;
}

void write_addressing(const Addressing& addressing, std::string& out) {
  write_block("Action", addressing.action, out);
  write_block("MessageID", addressing.message_id, out);
  write_block("RelatesTo", addressing.relates_to, out);
  write_block("To", addressing.to, out);
  if (addressing.reply_to.empty()) return;
  out.append("<wsa:ReplyTo xmlns:wsa=\"").append(ns::wsa).append("\"><wsa:Address>");
  append_escaped(addressing.reply_to, out);
  out += "</wsa:Address></wsa:ReplyTo>";
}

std::string default_action(const program::WireOperation& operation, bool response) {
  std::string action = operation.port_type.ns;
  if (!action.ends_with('/') && !action.ends_with(':')) action += '/';
  return action + operation.port_type.local + '/' + operation.operation + (response ? "Response" : "Request");
}

}  // namespace echoflow::soap

#pragma once
#include <map>
#include <string>
#include <vector>

#include "bpel/generate/element.hpp"

namespace echoflow::generate {

/// What a port type of a description offers; all messages hold one element with any content.
struct DescribedOperation {
  std::string name;
  bool answers = false;
};

/// The WSDL of a model: one port type for each process, and one for each partner outside.
class Description {
 public:
  explicit Description(std::string target_namespace) : target_namespace_(std::move(target_namespace)) {}

  /// Adds the operation where it is new. `address` is where the port type is served; "" where nobody knows yet.
  void add(const std::string& port_type, const std::string& operation, bool answers, const std::string& address);
  bool empty() const { return port_types_.empty(); }
  /// Whether messages say to which conversation they belong.
  void with_conversations() { conversations_ = true; }
  /// A property of messages, and where it is in one of them.
  void alias(const std::string& property, const std::string& message, const std::string& query) {
    aliases_[property][message] = query;
  }
  std::string text() const;

  /// Local names.
  static std::string message(const std::string& port_type, const std::string& operation) {
    return port_type + "_" + operation;
  }
  static std::string answer(const std::string& port_type, const std::string& operation) {
    return message(port_type, operation) + "_answer";
  }

 private:
  struct PortType {
    std::vector<DescribedOperation> operations;
    std::string address;
  };
  void add_types(Element& root) const;
  void add_messages(Element& root) const;
  void add_port_types(Element& root) const;
  void add_service(Element& root, const std::string& name, const PortType& port_type) const;
  void add_properties(Element& root) const;
  template <class Visit>
  void for_each_message(const Visit& visit) const;

  std::string target_namespace_;
  std::map<std::string, PortType> port_types_;
  std::map<std::string, std::map<std::string, std::string>> aliases_;
  bool conversations_ = false;
};

/// The address by which a process of this server is called by another one: a built-in partner.
inline constexpr std::string_view local_address = "urn:echoflow:cx:1.0#Processes";
/// The only part of every message.
inline constexpr std::string_view content_part = "content";

}  // namespace echoflow::generate

#include "bpel/wsdl/loader.hpp"

#include <set>
#include <utility>

namespace echoflow::wsdl {
namespace {

class Checker {
 public:
  Checker(const Definitions& definitions, Diagnostics& findings) : definitions_(definitions), findings_(findings) {
    for (const auto& message : definitions.messages) messages_.insert(message.name);
    for (const auto& binding : definitions.bindings) bindings_.insert(binding.name);
    for (const auto& port_type : definitions.port_types) {
      port_types_.insert(port_type.name);
      for (const auto& operation : port_type.operations) operations_.insert({port_type.name, operation.name});
    }
  }

  void check() {
    for (const auto& port_type : definitions_.port_types)
      for (const auto& operation : port_type.operations) check(operation);
    for (const auto& type : definitions_.partner_link_types)
      for (const auto& role : type.roles)
        if (!role.port_type.empty() && !port_types_.contains(role.port_type))
          warn(role.where, "The role " + role.name + " of " + type.name.local + " is of the portType " +
                               role.port_type.clark() + ", which is not defined; import it or correct the name.");
    for (const auto& binding : definitions_.bindings) check(binding);
    for (const auto& service : definitions_.services)
      for (const auto& port : service.ports) check(port);
  }

 private:
  void check(const Operation& operation) {
    if (operation.input) check_message(operation, *operation.input, "input");
    if (operation.output) check_message(operation, *operation.output, "output");
    for (const auto& fault : operation.faults) check_message(operation, fault, "fault");
  }

  void check_message(const Operation& operation, const OperationMessage& use, const std::string& role) {
    if (use.message.empty() || messages_.contains(use.message)) return;
    add_finding(findings_, {"WSDL", Severity::error,
                            "The " + role + " of the operation " + operation.name + " is the message " +
                                use.message.clark() + ", which is not defined; define it or correct the name.",
                            use.where});
  }

  void check(const Binding& binding) {
    if (binding.port_type.empty()) return;
    if (!port_types_.contains(binding.port_type)) {
      warn(binding.where, "The binding " + binding.name.local + " is for the portType " + binding.port_type.clark() +
                              ", which is not defined; import it or correct the name.");
      return;
    }
    for (const auto& operation : binding.operations)
      if (!operation.name.empty() && !operations_.contains({binding.port_type, operation.name}))
        warn(binding.where, "The binding " + binding.name.local + " binds the operation " + operation.name +
                                ", which its portType does not have; remove it or correct the name.");
  }

  void check(const Port& port) {
    if (port.binding.empty() || bindings_.contains(port.binding)) return;
    warn(port.where, "The port " + port.name + " has the binding " + port.binding.clark() +
                         ", which is not defined; import it or correct the name.");
  }

  void warn(const SourceLocation& where, std::string message) {
    add_finding(findings_, {"WSDL", Severity::warning, std::move(message), where});
  }

  const Definitions& definitions_;
  Diagnostics& findings_;
  std::set<QName> messages_, port_types_, bindings_;
  std::set<std::pair<QName, std::string>> operations_;
};

}  // namespace

void check_references(const Definitions& definitions, Diagnostics& findings) {
  Checker(definitions, findings).check();
}

}  // namespace echoflow::wsdl

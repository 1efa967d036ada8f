#include "bpel/rules/same_definition.hpp"

#include <algorithm>

#include "bpel/source/text.hpp"

namespace echoflow::rules {
namespace {

template <class Item, class Same>
bool all_same(const std::vector<Item>& a, const std::vector<Item>& b, Same same) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

bool same_use(const wsdl::OperationMessage& a, const wsdl::OperationMessage& b) {
  return a.name == b.name && a.message == b.message;
}

bool same_use(const std::optional<wsdl::OperationMessage>& a, const std::optional<wsdl::OperationMessage>& b) {
  return a && b ? a->message == b->message : a.has_value() == b.has_value();
}

bool same_operation(const wsdl::Operation& a, const wsdl::Operation& b) {
  const auto same_fault = [](const auto& x, const auto& y) { return same_use(x, y); };
  return a.name == b.name && a.kind == b.kind && same_use(a.input, b.input) && same_use(a.output, b.output) &&
         all_same(a.faults, b.faults, same_fault);
}

std::string text_of(const std::optional<wsdl::Query>& query) {
  return query ? query->language + " " + std::string(source::trimmed(query->text)) : "";
}

}  // namespace

bool say_the_same(const wsdl::Message& a, const wsdl::Message& b) {
  return all_same(a.parts, b.parts, [](const wsdl::Part& x, const wsdl::Part& y) {
    return x.name == y.name && x.element == y.element && x.type == y.type;
  });
}

bool say_the_same(const wsdl::PortType& a, const wsdl::PortType& b) {
  return all_same(a.operations, b.operations, same_operation);
}

bool say_the_same(const wsdl::PartnerLinkType& a, const wsdl::PartnerLinkType& b) {
  return all_same(a.roles, b.roles, [](const wsdl::Role& x, const wsdl::Role& y) {
    return x.name == y.name && x.port_type == y.port_type;
  });
}

bool say_the_same(const wsdl::Property& a, const wsdl::Property& b) {
  return a.type == b.type && a.element == b.element;
}

bool say_the_same(const wsdl::PropertyAlias& a, const wsdl::PropertyAlias& b) {
  return a.part == b.part && text_of(a.query) == text_of(b.query);
}

}  // namespace echoflow::rules

#pragma once
#include "models/program/program.hpp"
#include "models/xml/reader.hpp"
#include "models/xml/writer.hpp"

/// A program with just the tables that SOAP looks at.
namespace echoflow::soap::test {

inline constexpr const char* types = "urn:shop:types";
inline constexpr const char* wsdl_ns = "urn:shop";

inline program::PartType element_part(std::string name, std::string element) {
  return {std::move(name), program::ValueForm::element, {types, std::move(element)}, {}, {}};
}
inline program::PartType string_part(std::string name) {
  return {std::move(name),
          program::ValueForm::simple,
          {},
          {std::string(ns::xsd), "string"},
          {std::string(ns::xsd), "string"}};
}

enum Type : program::MessageTypeId { order, receipt, no_stock, cancel, nothing, add, sum, signed_order };

inline program::WireOperation operation(std::string name, program::MessageTypeId input,
                                        program::MessageTypeId output = program::none) {
  program::WireOperation wire;
  wire.port_type = {wsdl_ns, "Shop"};
  wire.operation = std::move(name);
  wire.input = input;
  wire.output = output;
  return wire;
}

inline std::unique_ptr<program::Program> sample_program() {
  auto program = std::make_unique<program::Program>();
  program->name = {"urn:process", "Shop"};
  auto message = [&](std::string name, std::vector<program::PartType> parts) {
    program->message_types.push_back({{wsdl_ns, std::move(name)}, std::move(parts)});
  };
  message("order", {element_part("body", "order")});
  message("receipt", {element_part("body", "receipt")});
  message("noStock", {element_part("why", "noStock")});
  message("cancel", {element_part("body", "cancel")});
  message("nothing", {});
  message("add", {string_part("a"), string_part("b")});
  message("sum", {string_part("result")});
  message("signedOrder", {element_part("signature", "signature"), element_part("body", "signedOrder")});
  auto buy = operation("buy", order, receipt);
  buy.soap_action = "buy-action";
  buy.faults.push_back({"outOfStock", {wsdl_ns, "outOfStock"}, no_stock});
  auto reserve = operation("reserve", order, receipt);
  reserve.soap_action = "reserve-action";
  auto rpc = operation("add", add, sum);
  rpc.style = program::SoapStyle::rpc;
  rpc.rpc_namespace = "urn:calc";
  auto header = operation("buySigned", signed_order);
  header.input_header_parts = {0};
  auto modern = operation("cancel", cancel);
  modern.version = program::SoapVersion::soap12;
  program->wire = {buy, reserve, rpc, header, modern, operation("ping", nothing)};
  return program;
}

inline const program::WireOperation& wire(const program::Program& program, const std::string& name) {
  return *program.wire_operation({wsdl_ns, "Shop"}, name);
}

inline xml::DocumentPtr document(const std::string& text) {
  return std::make_shared<const xml::Document>(std::move(xml::read(text)).value());
}

inline std::string envelope(const std::string& body, const std::string& headers = "",
                            const char* soap = "http://schemas.xmlsoap.org/soap/envelope/") {
  return "<s:Envelope xmlns:s=\"" + std::string(soap) + "\"><s:Header>" + headers + "</s:Header><s:Body>" + body +
         "</s:Body></s:Envelope>";
}

}  // namespace echoflow::soap::test

// Reading, copying, writing and validating a SOAP message of 4.4 KB: ./build/release/tests/xml_bench
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

#include "models/xml/reader.hpp"
#include "models/xml/schema.hpp"
#include "models/xml/writer.hpp"

namespace {

using namespace echoflow::xml;

constexpr std::size_t message_bytes = 4400;

std::string soap_message() {
  const std::string end = "</o:order></e:Body></e:Envelope>";
  std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:o=\"http://example.com/order\">\n"
      "<e:Header/>\n<e:Body>\n<o:order id=\"4711\">\n";
  for (int i = 0; text.size() + end.size() < message_bytes; ++i)
    text += "  <o:item no=\"" + std::to_string(i) +
            "\"><o:name>Garden bench, oak, two seats</o:name><o:qty>3</o:qty>"
            "<o:price currency=\"EUR\">129.50</o:price></o:item>\n";
  return text + end;
}

Document parsed(const std::string& text) {
  auto document = read(text);
  if (!document) std::abort();
  return std::move(*document);
}

void read_message(benchmark::State& state) {
  const std::string text = soap_message();
  for (auto _ : state) benchmark::DoNotOptimize(read(text));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(read_message);

void copy_document(benchmark::State& state) {
  const Document document = parsed(soap_message());
  for (auto _ : state) benchmark::DoNotOptimize(Document(document));
  state.counters["nodes"] = static_cast<double>(document.node_count());
  state.counters["bytes"] = static_cast<double>(Document(document).memory_bytes());
}
BENCHMARK(copy_document);

void copy_body_into_another_document(benchmark::State& state) {
  const Document document = parsed(soap_message());
  const NodeIndex body =
      document.find_child(document.document_element(), "http://schemas.xmlsoap.org/soap/envelope/", "Body");
  for (auto _ : state) {
    Document copy;
    benchmark::DoNotOptimize(copy.append_copy(root_node, document, document.first_child_element(body)));
  }
}
BENCHMARK(copy_body_into_another_document);

void write_message(benchmark::State& state) {
  const Document document = parsed(soap_message());
  for (auto _ : state) benchmark::DoNotOptimize(to_string(document));
}
BENCHMARK(write_message);

std::shared_ptr<const SchemaSet> order_schema() {
  auto document =
      std::make_shared<Document>(parsed("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' "
                                        "targetNamespace='http://example.com/order' elementFormDefault='qualified'>"
                                        "<xs:element name='order'><xs:complexType><xs:sequence><xs:element name='item' "
                                        "maxOccurs='unbounded'><xs:complexType>"
                                        "<xs:sequence><xs:element name='name' type='xs:string'/><xs:element name='qty' "
                                        "type='xs:int'/><xs:element name='price'>"
                                        "<xs:complexType><xs:simpleContent><xs:extension "
                                        "base='xs:decimal'><xs:attribute name='currency' type='xs:string'/>"
                                        "</xs:extension></xs:simpleContent></xs:complexType></xs:element></"
                                        "xs:sequence><xs:attribute name='no' type='xs:int'/>"
                                        "</xs:complexType></xs:element></xs:sequence><xs:attribute name='id' "
                                        "type='xs:int'/></xs:complexType></xs:element></xs:schema>"));
  echoflow::Diagnostics findings;
  auto set = compile_schemas({{"order.xsd", document, document->document_element()}}, {}, findings);
  if (!findings.empty()) std::abort();
  return set;
}

void compile_schema(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(order_schema());
}
BENCHMARK(compile_schema);

void validate_message(benchmark::State& state) {
  const Document document = parsed(soap_message());
  const auto schemas = order_schema();
  const NodeIndex body =
      document.find_child(document.document_element(), "http://schemas.xmlsoap.org/soap/envelope/", "Body");
  for (auto _ : state)
    if (!schemas->validate_element(document, document.first_child_element(body)).empty()) std::abort();
}
BENCHMARK(validate_message);

void validate_an_int(benchmark::State& state) {
  const Document document = parsed("<count>42</count>");
  const auto schemas = order_schema();
  const echoflow::QName type{"http://www.w3.org/2001/XMLSchema", "int"};
  for (auto _ : state)
    if (!schemas->validate_type(document, document.document_element(), type).empty()) std::abort();
}
BENCHMARK(validate_an_int);

}  // namespace

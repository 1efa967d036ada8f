#include <cstdint>
#include <cstdlib>

#include "adapters/soap/codec.hpp"
#include "tests/adapters/soap/sample_program.hpp"

using namespace echoflow;

/// Requests and answers from outside: whatever is read can be written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto program = soap::test::sample_program();
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  auto request = soap::read_request(*program, {soap::test::wsdl_ns, "Shop"}, bytes, "reserve-action");
  if (request) {
    auto again =
        soap::read_request(*program, {soap::test::wsdl_ns, "Shop"},
                           soap::write_request(*program, *request->operation, request->message, request->addressing),
                           request->operation->soap_action);
    if (!again || again->operation != request->operation) std::abort();
  } else {
    (void)soap::write_error(request.error());
  }
  const auto& buy = soap::test::wire(*program, "buy");
  auto answer = soap::read_answer(*program, buy, false, {500, "text/xml", bytes});
  if (const auto* fault = std::get_if<Fault>(&answer)) {
    auto written = soap::write_fault(soap::SoapVersion::soap11, *fault, {});
    if (!std::holds_alternative<Fault>(soap::read_answer(*program, buy, false, {500, "text/xml", written})))
      std::abort();
  }
  (void)soap::read_answer(*program, buy, false, {200, "text/xml", bytes});
  return 0;
}

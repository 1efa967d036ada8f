#include <cstdint>
#include <cstdlib>
#include <sstream>

#include "adapters/http/message.hpp"
#include "adapters/rest/json_value.hpp"
#include "adapters/rest/json_writer.hpp"
#include "adapters/rest/multipart.hpp"
#include "models/records/evidence.hpp"

using namespace echoflow;

namespace {

void write(json::Writer& writer, const json::Value& value) {
  switch (value.kind) {
    case json::Kind::null:
      writer.null();
      return;
    case json::Kind::boolean:
      writer.boolean(value.boolean);
      return;
    case json::Kind::number:
      writer.raw(value.text);
      return;
    case json::Kind::string:
      writer.string(value.text);
      return;
    case json::Kind::array:
      writer.begin_array();
      for (const auto& item : value.items) write(writer, item);
      writer.end_array();
      return;
    case json::Kind::object:
      writer.begin_object();
      for (const auto& [name, member] : value.members) write(writer.key(name), member);
      writer.end_object();
      return;
  }
}

}  // namespace

/// What is read is written and read again as the same; the other readers of REST see the same bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (auto value = json::parse(bytes)) {
    json::Writer first, second;
    write(first, *value);
    auto again = json::parse(first.text());
    if (!again) std::abort();
    write(second, *again);
    if (first.text() != second.text()) std::abort();
  }
  std::istringstream file{std::string(bytes)};
  (void)records::verify_evidence(file);
  (void)rest::parse_multipart(bytes, "b");
  (void)http::parse_query(bytes);
  (void)http::header_parameter(bytes, "boundary");
  return 0;
}

// Whatever the reader accepts can be written, read again and written the same; copies and changes keep it so. What is
// read without the parser is what the parser gives.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "models/xml/reader.hpp"
#include "models/xml/writer.hpp"

using namespace echoflow::xml;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_round_trip(const Document& document) {
  const std::string written = to_string(document);
  ReadOptions options;
  options.limits.max_bytes = 64u << 20;
  options.limits.max_attributes = 100'000;
  const auto again = read(written, options);
  require(again.ok());
  require(to_string(*again) == written);
}

void check_order(const Document& document) {
  NodeIndex previous = root_node;
  for (NodeIndex n = document.first_child(root_node); n != no_node;) {
    require(document.compare_order(previous, n) < 0);
    previous = n;
    if (document.first_child(n) != no_node) {
      n = document.first_child(n);
      continue;
    }
    while (n != root_node && document.next_sibling(n) == no_node) n = document.parent(n);
    n = n == root_node ? no_node : document.next_sibling(n);
  }
}

// Moves the first child of the document element to its end and removes the second, many times.
void shuffle(Document& document) {
  const NodeIndex root = document.document_element();
  for (int i = 0; i < 20 && document.first_child(root) != no_node; ++i) {
    const NodeIndex first = document.first_child(root);
    document.append_copy(root, document, first);
    document.remove(document.first_child(root));
  }
}

/// Positions are known to the parser alone, so that asking for them asks it.
void check_same_with_parser(std::string_view text, ReadOptions options) {
  options.keep_positions = false;
  const auto quick = read(text, options);
  options.keep_positions = true;
  const auto parsed = read(text, options);
  require(quick.ok() == parsed.ok());
  if (quick.ok()) require(to_string(*quick) == to_string(*parsed) && quick->node_count() == parsed->node_count());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ReadOptions options;
  options.keep_positions = size % 2 == 0;
  options.limits.max_depth = 64;
  check_same_with_parser({reinterpret_cast<const char*>(data), size}, options);
  auto document = read({reinterpret_cast<const char*>(data), size}, options);
  if (!document) return 0;
  check_round_trip(*document);
  check_order(*document);
  shuffle(*document);
  check_order(*document);
  check_round_trip(*document);
  const std::string before = to_string(*document);
  document->compact();
  require(to_string(*document) == before);
  return 0;
}

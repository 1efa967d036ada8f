#include "models/records/wire.hpp"

#include <algorithm>

#include "models/xml/reader.hpp"
#include "models/xml/writer.hpp"

namespace echoflow::records {

PayloadWriter::Place PayloadWriter::add(std::string_view text) {
  Place place{bytes_.size(), text.size()};
  bytes_.append(text);
  return place;
}

PayloadWriter::Place PayloadWriter::add(const xml::DocumentPtr& document) {
  if (auto placed = places_.find(document.get()); placed != places_.end()) return placed->second;
  Place place{bytes_.size(), 0};
  const auto known = std::find_if(known_.begin(), known_.end(), [&](const auto& k) { return k.first == document; });
  if (known != known_.end())
    bytes_.append(known->second);
  else
    xml::write(*document, xml::root_node, bytes_);
  place.length = bytes_.size() - place.offset;
  if (by_content_) {
    auto [entry, added] = contents_.emplace(bytes_.substr(place.offset), place);
    if (!added) {
      bytes_.resize(place.offset);
      place = entry->second;
    }
  }
  places_.emplace(document.get(), place);
  held_.push_back(document);
  return place;
}

void PayloadWriter::know(const xml::DocumentPtr& document, std::string_view text) {
  if (document) known_.emplace_back(document, text);
}

std::string_view PayloadWriter::find(const xml::DocumentPtr& document) const {
  const auto known = places_.find(document.get());
  if (known == places_.end()) return {};
  return std::string_view(bytes_).substr(known->second.offset, known->second.length);
}

std::string PayloadReader::text(std::uint64_t offset, std::uint64_t length, bool& ok) {
  if (erased()) return {};
  if (offset > bytes_.size() || length > bytes_.size() - offset) {
    ok = false;
    return {};
  }
  return std::string(bytes_.substr(offset, length));
}

xml::DocumentPtr PayloadReader::document(std::uint64_t offset, std::uint64_t length, bool& ok) {
  if (erased()) return nullptr;
  auto& known = documents_[{offset, length}];
  if (known) return known;
  if (offset > bytes_.size() || length > bytes_.size() - offset) {
    ok = false;
    return nullptr;
  }
  // What the engine itself wrote is bounded by what it accepted and built; the limits of outside bytes do not count
  // here.
  xml::ReadOptions options;
  options.limits.max_bytes = static_cast<std::size_t>(-1);
  options.limits.max_nodes = static_cast<std::size_t>(-1);
  options.limits.max_attributes = 1'000'000;
  options.limits.max_depth = 10'000;
  auto read = xml::read(bytes_.substr(offset, length), options);
  if (!read) {
    ok = false;
    return nullptr;
  }
  known = std::make_shared<const xml::Document>(std::move(*read));
  return known;
}

void Encoder::varint(std::uint64_t value) {
  while (value >= 0x80) {
    out_.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out_.push_back(static_cast<char>(value));
}

void Encoder::bytes(std::uint32_t id, std::string_view value) {
  key(id, FieldKind::bytes);
  varint(value.size());
  out_.append(value);
}

void Encoder::payload(std::uint32_t id, PayloadWriter::Place place) {
  key(id, FieldKind::payload);
  varint(place.offset);
  varint(place.length);
}

std::uint64_t Decoder::varint() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (in_.empty()) break;
    auto byte = static_cast<unsigned char>(in_.front());
    in_.remove_prefix(1);
    value |= std::uint64_t{byte & 0x7fu} << shift;
    if (byte < 0x80) return value;
  }
  ok_ = false;
  return 0;
}

bool Decoder::next_key() {
  if (!ok_) return false;
  auto key = varint();
  if (!ok_ || key == 0) return false;
  id_ = static_cast<std::uint32_t>(key >> 2);
  kind_ = static_cast<FieldKind>(key & 3);
  return true;
}

std::string_view Decoder::bytes() {
  auto length = varint();
  if (length > in_.size()) {
    ok_ = false;
    return {};
  }
  auto taken = in_.substr(0, length);
  in_.remove_prefix(length);
  return taken;
}

void Decoder::skip(FieldKind kind) {
  switch (kind) {
    case FieldKind::number:
      varint();
      return;
    case FieldKind::bytes:
      bytes();
      return;
    case FieldKind::record:
      skip_record();
      return;
    case FieldKind::payload:
      varint();
      varint();
      return;
  }
}

}  // namespace echoflow::records

#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "models/base/time.hpp"
#include "models/messages/message.hpp"

/// The stored form of events and snapshots: fields with permanent ids, so that old records stay readable. A field is a
/// varint key (id << 2 | kind) and its content; values that are zero or empty are left out; a record ends with key 0.
/// Unknown fields are skipped. Structure and customer data are kept in two buffers: what is in the payload buffer can
/// be erased and the structure still reads.
namespace echoflow::records {

enum class FieldKind : std::uint8_t { number = 0, bytes = 1, record = 2, payload = 3 };

/// Text of a customer (a correlation value, a reason, a fault's detail): goes to the payload buffer.
struct PayloadText {
  std::string text;
  friend bool operator==(const PayloadText&, const PayloadText&) = default;
};

/// The payload buffer of one journal row or snapshot. Every document is written once, however often it is referred to.
class PayloadWriter {
 public:
  /// `by_content`: equal documents share their place even when they are different objects, so that the bytes depend on
  /// values alone (snapshots).
  explicit PayloadWriter(bool by_content = false) : by_content_(by_content) {}
  struct Place {
    std::uint64_t offset = 0, length = 0;
  };
  Place add(const xml::DocumentPtr& document);
  Place add(std::string_view text);
  /// How a document reads, which add() then need not write; the text must live as long as this.
  void know(const xml::DocumentPtr& document, std::string_view text);
  /// What a document was written as; empty when it was not. Valid until the next addition.
  std::string_view find(const xml::DocumentPtr& document) const;
  const std::string& bytes() const { return bytes_; }
  std::string take() { return std::move(bytes_); }

 private:
  bool by_content_;
  std::string bytes_;
  std::unordered_map<const xml::Document*, Place> places_;  // looked up, never iterated
  std::vector<std::pair<xml::DocumentPtr, std::string_view>> known_;
  std::map<std::string, Place> contents_;
  std::vector<xml::DocumentPtr> held_;  // keeps the addresses in places_ from being used again
};

/// Reads what PayloadWriter wrote. An empty buffer (erased) gives null documents and empty texts.
class PayloadReader {
 public:
  explicit PayloadReader(std::string_view bytes) : bytes_(bytes) {}
  bool erased() const { return bytes_.empty(); }
  xml::DocumentPtr document(std::uint64_t offset, std::uint64_t length, bool& ok);
  std::string text(std::uint64_t offset, std::uint64_t length, bool& ok);

 private:
  std::string_view bytes_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, xml::DocumentPtr> documents_;
};

/// Writes fields. A record type T is written when it has `template <class V> void fields(V& visit)`.
class Encoder {
 public:
  Encoder(std::string& out, PayloadWriter& payload) : out_(out), payload_(payload) {}

  template <class T>
  void record(const T& value) {
    const_cast<T&>(value).fields(*this);
    out_.push_back('\0');
  }
  template <class T>
  void operator()(std::uint32_t id, const T& value);
  void varint(std::uint64_t value);

 private:
  void key(std::uint32_t id, FieldKind kind) { varint(std::uint64_t{id} << 2 | static_cast<std::uint64_t>(kind)); }
  void number(std::uint32_t id, std::uint64_t value) {
    if (value == 0) return;
    key(id, FieldKind::number);
    varint(value);
  }
  void bytes(std::uint32_t id, std::string_view value);
  void payload(std::uint32_t id, PayloadWriter::Place place);

  std::string& out_;
  PayloadWriter& payload_;
};

/// Reads fields by visiting the same `fields` functions: each call asks "is the field at hand this one?".
class Decoder {
 public:
  Decoder(std::string_view in, PayloadReader& payload) : in_(in), payload_(payload) {}

  bool ok() const { return ok_; }
  bool at_end() const { return in_.empty(); }
  std::string_view rest() const { return in_; }
  std::uint64_t varint();
  /// Reads one record; false when the bytes are broken.
  template <class T>
  bool record(T& value) {
    while (next_key()) {
      taken_ = false;
      value.fields(*this);
      if (!taken_) skip(kind_);
      if (!ok_) return false;
    }
    return ok_;
  }
  /// Skips a record of unknown type.
  bool skip_record() {
    while (next_key()) skip(kind_);
    return ok_;
  }
  template <class T>
  void operator()(std::uint32_t id, T& value);

 private:
  bool next_key();
  bool take(std::uint32_t id, FieldKind kind) {
    if (taken_ || id != id_ || kind != kind_) return false;
    taken_ = true;
    return true;
  }
  void skip(FieldKind kind);
  std::string_view bytes();

  std::string_view in_;
  PayloadReader& payload_;
  std::uint32_t id_ = 0;
  FieldKind kind_ = FieldKind::number;
  bool taken_ = false;
  bool ok_ = true;
};

// --- how each type of value is written ------------------------------------------------------------------------------
template <class T, class = void>
struct HasFields : std::false_type {};
template <class T>
struct HasFields<T, std::void_t<decltype(std::declval<T&>().fields(std::declval<Encoder&>()))>> : std::true_type {};

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};

inline std::uint64_t zigzag(std::int64_t v) {
  return (static_cast<std::uint64_t>(v) << 1) ^ static_cast<std::uint64_t>(v >> 63);
}
inline std::int64_t unzigzag(std::uint64_t v) {
  return static_cast<std::int64_t>(v >> 1) ^ -static_cast<std::int64_t>(v & 1);
}

/// A record around one element of a list, so that empty elements keep their place.
template <class T>
struct Element {
  T value{};
  template <class V>
  void fields(V& visit) {
    visit(1, value);
  }
};

struct FaultFields {
  Fault& fault;
  template <class V>
  void fields(V& visit) {
    visit(1, fault.name);
    visit(2, fault.message_type);
    visit(3, fault.parts);
    PayloadText detail{fault.detail};
    visit(4, detail);
    if constexpr (!std::is_same_v<V, Encoder>) fault.detail = std::move(detail.text);
  }
};

template <class T>
void Encoder::operator()(std::uint32_t id, const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    number(id, value ? 1 : 0);
  } else if constexpr (std::is_enum_v<T>) {
    number(id, static_cast<std::uint64_t>(value));
  } else if constexpr (std::is_integral_v<T> && std::is_signed_v<T>) {
    number(id, zigzag(value));
  } else if constexpr (std::is_integral_v<T>) {
    number(id, value);
  } else if constexpr (std::is_same_v<T, TimePoint>) {
    number(id, zigzag(value.micros));
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!value.empty()) bytes(id, value);
  } else if constexpr (std::is_same_v<T, QName>) {
    if (!value.empty()) bytes(id, value.clark());
  } else if constexpr (std::is_same_v<T, PayloadText>) {
    if (!value.text.empty()) payload(id, payload_.add(value.text));
  } else if constexpr (std::is_same_v<T, xml::DocumentPtr>) {
    if (value) payload(id, payload_.add(value));
  } else if constexpr (std::is_same_v<T, Fault>) {
    key(id, FieldKind::record);
    record(FaultFields{const_cast<Fault&>(value)});
  } else if constexpr (IsVector<T>::value) {
    for (const auto& element : value) {
      key(id, FieldKind::record);
      if constexpr (HasFields<typename T::value_type>::value)
        record(element);
      else
        record(Element<typename T::value_type>{element});
    }
  } else {
    static_assert(HasFields<T>::value);
    key(id, FieldKind::record);
    record(value);
  }
}

template <class T>
void Decoder::operator()(std::uint32_t id, T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    if (take(id, FieldKind::number)) value = varint() != 0;
  } else if constexpr (std::is_enum_v<T>) {
    if (take(id, FieldKind::number)) value = static_cast<T>(varint());
  } else if constexpr (std::is_integral_v<T> && std::is_signed_v<T>) {
    if (take(id, FieldKind::number)) value = static_cast<T>(unzigzag(varint()));
  } else if constexpr (std::is_integral_v<T>) {
    if (take(id, FieldKind::number)) value = static_cast<T>(varint());
  } else if constexpr (std::is_same_v<T, TimePoint>) {
    if (take(id, FieldKind::number)) value.micros = unzigzag(varint());
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (take(id, FieldKind::bytes)) value = std::string(bytes());
  } else if constexpr (std::is_same_v<T, QName>) {
    if (take(id, FieldKind::bytes)) value = QName::from_clark(bytes());
  } else if constexpr (std::is_same_v<T, PayloadText>) {
    if (take(id, FieldKind::payload)) {
      auto offset = varint(), length = varint();
      value.text = payload_.text(offset, length, ok_);
    }
  } else if constexpr (std::is_same_v<T, xml::DocumentPtr>) {
    if (take(id, FieldKind::payload)) {
      auto offset = varint(), length = varint();
      value = payload_.document(offset, length, ok_);
    }
  } else if constexpr (std::is_same_v<T, Fault>) {
    if (take(id, FieldKind::record)) {
      FaultFields fields{value};
      record(fields);
      taken_ = true;
    }
  } else if constexpr (IsVector<T>::value) {
    if (take(id, FieldKind::record)) {
      if constexpr (HasFields<typename T::value_type>::value) {
        value.emplace_back();
        record(value.back());
      } else {
        Element<typename T::value_type> element;
        record(element);
        value.push_back(std::move(element.value));
      }
      taken_ = true;
    }
  } else {
    static_assert(HasFields<T>::value);
    if (take(id, FieldKind::record)) {
      record(value);
      taken_ = true;
    }
  }
}

}  // namespace echoflow::records

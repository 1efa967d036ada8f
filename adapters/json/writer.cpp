#include "adapters/json/writer.hpp"

#include "models/base/utf8.hpp"

namespace echoflow::json {

namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

void append_quoted(std::string_view text, std::string& out) {
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = utf8_length(text.substr(i));
    if (length > 1)
      out.append(text.substr(i, length));
    else if (length == 0)
      out += "\xef\xbf\xbd";
    else {
      char c = text[i];
      if (c == '"' || c == '\\')
        (out += '\\') += c;
      else if (c == '\n')
        out += "\\n";
      else if (c == '\t')
        out += "\\t";
      else if (c == '\r')
        out += "\\r";
      else if (static_cast<unsigned char>(c) < 0x20)
        ((out += "\\u00") += hex_digits[c >> 4]) += hex_digits[c & 15];
      else
        out += c;
    }
    i += length ? length : 1;
  }
  out += '"';
}

}  // namespace

void Writer::separate() {
  if (comma_) out_ += ',';
  comma_ = true;
}

Writer& Writer::begin_object() {
  separate();
  out_ += '{';
  comma_ = false;
  return *this;
}
Writer& Writer::end_object() {
  out_ += '}';
  comma_ = true;
  return *this;
}
Writer& Writer::begin_array() {
  separate();
  out_ += '[';
  comma_ = false;
  return *this;
}
Writer& Writer::end_array() {
  out_ += ']';
  comma_ = true;
  return *this;
}
Writer& Writer::key(std::string_view name) {
  separate();
  append_quoted(name, out_);
  out_ += ':';
  comma_ = false;
  return *this;
}
Writer& Writer::string(std::string_view text) {
  separate();
  append_quoted(text, out_);
  return *this;
}
Writer& Writer::number(std::int64_t value) {
  return raw(std::to_string(value));
}
Writer& Writer::boolean(bool value) {
  return raw(value ? "true" : "false");
}
Writer& Writer::null() {
  return raw("null");
}
Writer& Writer::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

}  // namespace echoflow::json

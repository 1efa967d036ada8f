#include "bpel/xpath/uri_template.hpp"

#include <algorithm>

namespace echoflow::xpath {
namespace {

struct Url {
  std::string_view scheme, authority, path, query, fragment;
  bool has_authority = false, has_query = false, has_fragment = false;
};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_scheme(std::string_view text) {
  return !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
  });
}

Url split(std::string_view text) {
  Url url;
  if (const auto at = text.find('#'); at != std::string_view::npos) {
    url.fragment = text.substr(at + 1);
    url.has_fragment = true;
    text = text.substr(0, at);
  }
  if (const auto at = text.find('?'); at != std::string_view::npos) {
    url.query = text.substr(at + 1);
    url.has_query = true;
    text = text.substr(0, at);
  }
  if (const auto at = text.find(':'); at != std::string_view::npos && is_scheme(text.substr(0, at))) {
    url.scheme = text.substr(0, at);
    text = text.substr(at + 1);
  }
  if (text.starts_with("//")) {
    const auto end = std::min(text.find('/', 2), text.size());
    url.authority = text.substr(2, end - 2);
    url.has_authority = true;
    text = text.substr(end);
  }
  url.path = text;
  return url;
}

// RFC 3986 §5.2.4
std::string without_dot_segments(std::string_view path) {
  std::string out;
  const auto drop_last = [&out] { out.erase(std::min(out.rfind('/'), out.size())); };
  while (!path.empty()) {
    if (path.starts_with("../"))
      path.remove_prefix(3);
    else if (path.starts_with("./"))
      path.remove_prefix(2);
    else if (path.starts_with("/./"))
      path.remove_prefix(2);
    else if (path == "/.")
      path = "/";
    else if (path.starts_with("/../")) {
      path.remove_prefix(3);
      drop_last();
    } else if (path == "/..") {
      path = "/";
      drop_last();
    } else if (path == "." || path == "..") {
      path = {};
    } else {
      const auto end = std::min(path.find('/', 1), path.size());
      out += path.substr(0, end);
      path.remove_prefix(end);
    }
  }
  return out;
}

std::string put_together(const Url& url, const std::string& path) {
  std::string out = std::string(url.scheme) + ":";
  if (url.has_authority) out += "//" + std::string(url.authority);
  out += path;
  if (url.has_query) out += "?" + std::string(url.query);
  if (url.has_fragment) out += "#" + std::string(url.fragment);
  return out;
}

std::string merged(const Url& base, std::string_view path) {
  if (base.has_authority && base.path.empty()) return "/" + std::string(path);
  const auto slash = base.path.rfind('/');
  return (slash == std::string_view::npos ? std::string() : std::string(base.path.substr(0, slash + 1))) +
         std::string(path);
}

std::string percent_encoded(const std::string& text) {
  constexpr char digits[] = "0123456789ABCDEF";
  constexpr std::string_view unreserved = "-_.~";
  std::string out;
  for (const char c : text) {
    if (is_letter(c) || is_digit(c) || unreserved.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

}  // namespace

std::optional<std::string> combine_url(std::string_view base_text, std::string_view reference_text) {
  const auto base = split(base_text);
  if (base.scheme.empty()) return std::nullopt;
  auto target = split(reference_text);
  if (!target.scheme.empty()) return put_together(target, without_dot_segments(target.path));
  target.scheme = base.scheme;
  if (target.has_authority) return put_together(target, without_dot_segments(target.path));
  target.authority = base.authority;
  target.has_authority = base.has_authority;
  if (target.path.empty()) {
    if (!target.has_query) {
      target.query = base.query;
      target.has_query = base.has_query;
    }
    return put_together(target, std::string(base.path));
  }
  return put_together(target, without_dot_segments(target.path.starts_with('/') ? std::string(target.path)
                                                                                : merged(base, target.path)));
}

std::optional<std::string> expand_template(std::string_view text, const std::map<std::string, std::string>& values,
                                           bool keep_unknown) {
  std::string out;
  while (!text.empty()) {
    const auto open = text.find_first_of("{}");
    out += text.substr(0, open);
    if (open == std::string_view::npos) return out;
    const auto close = text.find('}', open);
    if (text[open] == '}' || close == std::string_view::npos) return std::nullopt;
    const auto inside = text.substr(open + 1, close - open - 1);
    if (inside.find('{') != std::string_view::npos) return std::nullopt;
    const auto equals = inside.find('=');
    const auto known = values.find(std::string(inside.substr(0, equals)));
    if (known != values.end())
      out += percent_encoded(known->second);
    else if (equals != std::string_view::npos)
      out += inside.substr(equals + 1);
    else if (keep_unknown)
      out += text.substr(open, close - open + 1);
    text.remove_prefix(close + 1);
  }
  return out;
}

}  // namespace echoflow::xpath

#include "adapters/rest/multipart.hpp"

#include "adapters/http/message.hpp"

namespace echoflow::rest {

namespace {

constexpr std::size_t max_parts = 4096;
constexpr std::string_view line_end = "\r\n";

/// Value of a header in a part's head.
std::string_view header_in(std::string_view head, std::string_view name) {
  while (!head.empty()) {
    auto end = std::min(head.find(line_end), head.size());
    std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 2, head.size()));
    auto colon = line.find(':');
    if (colon != std::string_view::npos && http::equal_ignoring_case(line.substr(0, colon), name))
      return line.substr(colon + 1);
  }
  return {};
}

Result<MultipartPart> parse_part(std::string_view part) {
  auto end = part.find("\r\n\r\n");
  if (end == std::string_view::npos) return fail("A part of the multipart body has no head.");
  std::string_view disposition = header_in(part.substr(0, end), "Content-Disposition");
  if (http::media_type(disposition) != "form-data")
    return fail("A part of the multipart body has no 'Content-Disposition: form-data'.");
  MultipartPart parsed;
  parsed.name = http::header_parameter(disposition, "name");
  parsed.file_name = http::header_parameter(disposition, "filename");
  parsed.is_file = !parsed.file_name.empty();
  parsed.content = part.substr(end + 4);
  return parsed;
}

/// The next boundary line: content may hold text that only begins like one.
std::size_t find_boundary(std::string_view body, std::string_view between, std::size_t at) {
  for (at = body.find(between, at); at != std::string_view::npos; at = body.find(between, at + 1)) {
    const auto after = body.substr(at + between.size(), 2);
    if (after == line_end || after == "--") return at;
  }
  return at;
}

}  // namespace

Result<std::vector<MultipartPart>> parse_multipart(std::string_view body, std::string_view boundary) {
  if (boundary.empty() || boundary.size() > 70) return fail("The multipart Content-Type names no usable boundary.");
  const std::string first = "--" + std::string(boundary), between = "\r\n" + first;
  std::vector<MultipartPart> parts;
  auto at = body.starts_with(first) ? first.size() : find_boundary(body, between, 0);
  if (at == std::string_view::npos) return fail("The multipart body does not hold its boundary.");
  if (!body.starts_with(first)) at += between.size();
  for (;;) {
    if (body.substr(at, 2) == "--") return parts;
    if (body.substr(at, 2) != line_end) return fail("The multipart body is damaged after a boundary.");
    at += 2;
    auto end = find_boundary(body, between, at);
    if (end == std::string_view::npos) return fail("The multipart body ends without its last boundary.");
    auto part = parse_part(body.substr(at, end - at));
    if (!part) return fail(std::move(part).error());
    if (parts.size() >= max_parts) return fail("The multipart body has more than 4096 parts (limit archive-files).");
    parts.push_back(std::move(part).value());
    at = end + between.size();
  }
}

}  // namespace echoflow::rest

#include "tools/echoflow/samples.hpp"

#include <algorithm>
#include <optional>

#include "adapters/rest/json_value.hpp"
#include "models/base/utf8.hpp"
#include "tools/echoflow/text_file.hpp"

namespace echoflow::tool {

namespace {

constexpr std::size_t most_bytes = 256u << 20;
using Samples = std::vector<understanding::Sample>;
using Fields = std::vector<std::string>;

std::optional<cx::Polarity> label_of(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr std::pair<std::string_view, cx::Polarity> names[] = {
      {"negative", cx::Polarity::negative}, {"neg", cx::Polarity::negative},      {"-1", cx::Polarity::negative},
      {"negativ", cx::Polarity::negative},  {"neutral", cx::Polarity::neutral},   {"neu", cx::Polarity::neutral},
      {"0", cx::Polarity::neutral},         {"positive", cx::Polarity::positive}, {"pos", cx::Polarity::positive},
      {"1", cx::Polarity::positive},        {"positiv", cx::Polarity::positive}};
  for (const auto& [known, polarity] : names)
    if (known == name) return polarity;
  return std::nullopt;
}

/// Collects samples; a wrong one is an error that names file and line.
class Collector {
 public:
  explicit Collector(const std::string& file) : file_(file) {}
  Failure<Error> wrong(std::size_t line, const std::string& what) const {
    return fail(file_ + ":" + std::to_string(line) + ": " + what);
  }
  Result<void> add(std::size_t line, std::string text, const std::string& label) {
    const auto polarity = label_of(label);
    if (!polarity) return wrong(line, "the label '" + label + "' is none of negative, neutral and positive.");
    if (text.empty()) return wrong(line, "the text is empty.");
    samples_.push_back({std::move(text), *polarity});
    return {};
  }
  Samples take() { return std::move(samples_); }

 private:
  const std::string& file_;
  Samples samples_;
};

Result<Samples> read_json_lines(const std::string& file, std::string_view content) {
  Collector collector(file);
  for (std::size_t number = 1; !content.empty(); ++number) {
    const auto end = std::min(content.find('\n'), content.size());
    const auto line = content.substr(0, end);
    content.remove_prefix(std::min(end + 1, content.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    auto value = json::parse(line);
    if (!value) return collector.wrong(number, value.error().message);
    const auto* text = value->find("text");
    const auto* label = value->find("label");
    if (!text || text->kind != json::Kind::string || !label ||
        (label->kind != json::Kind::string && label->kind != json::Kind::number))
      return collector.wrong(number, "the line must be {\"text\": …, \"label\": …}.");
    if (auto added = collector.add(number, text->text, label->text); !added) return fail(added.error().message);
  }
  return collector.take();
}

/// The next row of RFC 4180: quoted fields may hold separators, line ends and doubled quotes. False: a quote stays
/// open.
bool next_row(std::string_view& rest, char separator, Fields& row, std::size_t& lines) {
  row.assign(1, "");
  bool quoted = false;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const char c = rest[i];
    if (c == '\n') ++lines;
    if (quoted) {
      if (c != '"') {
        row.back() += c;
      } else if (i + 1 < rest.size() && rest[i + 1] == '"') {
        row.back() += rest[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"' && row.back().empty()) {
      quoted = true;
    } else if (c == separator) {
      row.emplace_back();
    } else if (c == '\n') {
      rest.remove_prefix(i + 1);
      return true;
    } else if (c != '\r') {
      row.back() += c;
    }
  }
  rest = {};
  return !quoted;
}

Result<Samples> read_csv(const std::string& file, std::string_view content) {
  Collector collector(file);
  const auto head = content.substr(0, content.find('\n'));
  const char separator = head.find('\t') != std::string_view::npos  ? '\t'
                         : head.find(';') != std::string_view::npos ? ';'
                                                                    : ',';
  Fields names, row;
  std::size_t line = 1, next = 1;
  if (!next_row(content, separator, names, next)) return collector.wrong(1, "a quotation mark is never closed.");
  const auto column = [&](std::string_view name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  const auto text = column("text"), label = column("label");
  if (text == names.size() || label == names.size())
    return collector.wrong(1, "the first line must name the columns text and label.");
  while (!content.empty()) {
    line = next;
    if (!next_row(content, separator, row, next)) return collector.wrong(line, "a quotation mark is never closed.");
    if (row.size() == 1 && row.front().empty()) continue;
    if (row.size() <= std::max(text, label))
      return collector.wrong(
          line, "the line has " + std::to_string(row.size()) + " of " + std::to_string(names.size()) + " columns.");
    if (auto added = collector.add(line, row[text], row[label]); !added) return fail(added.error().message);
  }
  return collector.take();
}

}  // namespace

Result<Samples> read_samples(const std::string& file) {
  auto content = read_text_file(file, most_bytes);
  if (!content) return fail(content.error().message);
  if (!is_valid_utf8(*content)) return fail("'" + file + "' is not UTF-8; save it as UTF-8.");
  std::string_view text = *content;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return fail("'" + file + "' is empty.");
  auto samples = text[first] == '{' ? read_json_lines(file, text) : read_csv(file, text);
  if (samples && samples->empty()) return fail("'" + file + "' holds no labelled text.");
  return samples;
}

}  // namespace echoflow::tool

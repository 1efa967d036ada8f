#include "models/layout/text.hpp"

#include <algorithm>
#include <array>

#include "models/base/utf8.hpp"

namespace echoflow::layout {

namespace {

// Thousandths of the font's size, from U+0020 to U+00FF.
constexpr std::array<std::uint16_t, 224> regular_widths = {
    278, 278, 355, 556, 556, 889,  667, 191, 333, 333,  389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584,  584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667,  611, 722, 667, 944,  667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222,  500, 222, 833, 556,  556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584, 0,   0,   0,    0,   0,   0,   0,    0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,
    0,   0,   0,   0,   0,   0,    0,   0,   0,   0,    0,   0,   0,   278, 333, 556, 556, 556, 556, 260, 556, 333, 737,
    370, 556, 584, 333, 737, 552,  400, 549, 333, 333,  333, 576, 537, 278, 333, 333, 365, 556, 834, 834, 834, 611, 667,
    667, 667, 667, 667, 667, 1000, 722, 667, 667, 667,  667, 278, 278, 278, 278, 722, 722, 778, 778, 778, 778, 778, 584,
    778, 722, 722, 722, 722, 667,  667, 611, 556, 556,  556, 556, 556, 556, 889, 500, 556, 556, 556, 556, 278, 278, 278,
    278, 556, 556, 556, 556, 556,  556, 556, 549, 611,  556, 556, 556, 556, 500, 556, 500};
constexpr std::array<std::uint16_t, 224> bold_widths = {
    278, 333, 474, 556, 556, 889,  722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 333, 333, 584,  584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833,
    722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611,
    556, 333, 611, 611, 278, 278,  556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389,
    280, 389, 584, 0,   0,   0,    0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,
    0,   0,   0,   0,   0,   0,    0,   0,   0,   0,   0,   0,   0,   278, 333, 556, 556, 556, 556, 280, 556, 333, 737,
    370, 556, 584, 333, 737, 552,  400, 549, 333, 333, 333, 576, 556, 278, 333, 333, 365, 556, 834, 834, 834, 611, 722,
    722, 722, 722, 722, 722, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278, 722, 722, 778, 778, 778, 778, 778, 584,
    778, 722, 722, 722, 722, 667,  667, 611, 556, 556, 556, 556, 556, 556, 889, 556, 556, 556, 556, 556, 278, 278, 278,
    278, 611, 611, 611, 611, 611,  611, 611, 549, 611, 611, 611, 611, 611, 556, 611, 556};

struct Character {
  char32_t code = 0;
  std::size_t length = 1;
};

Character first_character(std::string_view text) {
  const auto length = utf8_length(text);
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  switch (length) {
    case 1:
      return {byte(0), 1};
    case 2:
      return {static_cast<char32_t>((byte(0) & 0x1F) << 6 | (byte(1) & 0x3F)), 2};
    case 3:
      return {static_cast<char32_t>((byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F)), 3};
    case 4:
      return {static_cast<char32_t>((byte(0) & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 |
                                    (byte(3) & 0x3F)),
              4};
    default:
      return {0xFFFD, 1};
  }
}

double thousandths(char32_t code, bool bold) {
  if (code < 0x20) return 0;
  if (code < 0x100) return (bold ? bold_widths : regular_widths)[code - 0x20];
  if (code >= 0x300 && code < 0x370) return 0;  // combining marks
  if (code >= 0x200B && code <= 0x200F) return 0;
  if (code == 0x2026 || code == 0x2014) return 1000;
  if (code >= 0x2010 && code <= 0x203A) return 556;
  if (code < 0x530) return 720;  // Latin, Greek and Cyrillic: seldom wider
  return 1000;
}

bool is_space(char32_t code) {
  return code <= 0x20 || code == 0xA0 || code == 0x2028 || code == 0x2029;
}

/// Words with what they break after ("-", "/") at their end; white space is gone. `glued` follows without a space.
struct Word {
  std::string text;
  bool glued = false;
};

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  bool open = false;
  bool glued = false;
  while (!text.empty()) {
    const auto character = first_character(text);
    const auto bytes = text.substr(0, character.length);
    text.remove_prefix(character.length);
    if (is_space(character.code)) {
      open = glued = false;
      continue;
    }
    if (character.code == 0x7F || (character.code >= 0x80 && character.code < 0xA0)) continue;
    if (!open) words.push_back({"", glued});
    open = true;
    words.back().text += character.code == 0xFFFD ? std::string_view("\xEF\xBF\xBD") : bytes;
    const bool breaks = character.code == '-' || character.code == '/' || character.code == '_';
    if (breaks && words.back().text.size() > 2) {
      open = false;
      glued = true;
    }
  }
  return words;
}

/// A hump of a name such as EnoughOnTheShelf stands at that place.
bool is_hump(std::string_view word, std::size_t at) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  return at > 0 && at < word.size() && lower(word[at - 1]) && word[at] >= 'A' && word[at] <= 'Z';
}

/// As much of the word as fits with a hyphen, at least a character; rather up to a hump.
std::string_view head_that_fits(std::string_view word, double width, double size, bool bold) {
  const double hyphen = text_width("-", size, bold);
  std::size_t end = 0;
  std::size_t hump = 0;
  double sum = 0;
  while (end < word.size()) {
    const auto character = first_character(word.substr(end));
    sum += thousandths(character.code, bold) * size / 1000;
    if (sum + hyphen > width && end > 0) break;
    end += character.length;
    if (is_hump(word, end)) hump = end;
  }
  return word.substr(0, hump > end / 3 && end < word.size() ? hump : end);
}

}  // namespace

double text_width(std::string_view text, double size, bool bold) {
  double sum = 0;
  while (!text.empty()) {
    const auto character = first_character(text);
    sum += thousandths(character.code, bold);
    text.remove_prefix(character.length);
  }
  return sum * size / 1000;
}

std::vector<std::string> wrap(std::string_view text, double width, double size, bool bold) {
  std::vector<std::string> lines;
  const double space = text_width(" ", size, bold);
  double used = 0;
  for (auto& word : words_of(text)) {
    double length = text_width(word.text, size, bold);
    const double gap = word.glued ? 0 : space;
    if (!lines.empty() && used + gap + length <= width) {
      if (!word.glued) lines.back() += ' ';
      lines.back() += word.text;
      used += gap + length;
      continue;
    }
    std::string_view rest = word.text;
    while (length > width) {
      const auto head = head_that_fits(rest, width, size, bold);
      if (head.size() == rest.size()) break;
      const bool needs_hyphen = head.back() != '-' && !is_hump(rest, head.size());
      lines.push_back(std::string(head) + (needs_hyphen ? "-" : ""));
      rest.remove_prefix(head.size());
      length = text_width(rest, size, bold);
    }
    lines.emplace_back(rest);
    used = length;
  }
  return lines;
}

Label flowing(std::string_view text, double width, double size) {
  Label label;
  label.size = size;
  label.lines = wrap(text, width, size);
  for (const auto& line : label.lines) label.bounds.width = std::max(label.bounds.width, text_width(line, size));
  label.bounds.height = static_cast<double>(label.lines.size()) * size * line_height;
  return label;
}

Label fit(std::string_view text, double width, double height, double size, double smallest) {
  const auto words = words_of(text);
  // A font in which no word must be parted is better than a larger one, as long as it stays readable.
  for (const bool part : {false, true}) {
    const double least = part ? smallest : std::max(smallest, size * 0.8);
    for (double s = size; s >= least - 0.01; s -= 0.5) {
      auto label = flowing(text, width, s);
      if (label.bounds.height > height || label.bounds.width > width) continue;
      const bool whole =
          std::all_of(words.begin(), words.end(), [&](const Word& w) { return text_width(w.text, s) <= width; });
      if (part || whole) return label;
    }
  }
  auto label = flowing(text, width, smallest);
  const auto room = static_cast<std::size_t>(std::max(1.0, height / (smallest * line_height)));
  if (label.lines.size() > room) {
    label.lines.resize(room);
    label.lines.back() += "\xE2\x80\xA6";
    label.cut = true;
  }
  label.cut = label.cut || label.bounds.width > width;
  label.bounds.height = static_cast<double>(label.lines.size()) * smallest * line_height;
  return label;
}

}  // namespace echoflow::layout

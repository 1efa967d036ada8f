#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "models/documentation/content.hpp"

/// Small builders of content.
namespace echoflow::documentation {

Text plain(std::string text);
Text strong(std::string text);
Text slanted(std::string text);
Text code(std::string text);
Text link(std::string text, std::string target);
/// Texts with a separator between them; nothing for none.
Text joined(const std::vector<std::string>& texts, std::string_view separator);

Cell cell(std::string text);
Cell cell(Text text);
/// One paragraph for each.
Cell cell(const std::vector<std::string>& texts);

Paragraph paragraph(std::string text, ParagraphKind kind = ParagraphKind::body);
/// A table's columns by their shares of its width.
std::vector<Column> columns(const std::vector<double>& widths);
std::vector<Cell> header(const std::vector<std::string>& names);
/// White space of a source file taken out: lines are joined, an empty line stays a new line.
std::string tidied(std::string_view text);
/// All the text of it, without marks.
std::string flat(const Text& text);
std::string flat(const Cell& cell);

}  // namespace echoflow::documentation

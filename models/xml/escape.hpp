#pragma once
// Inside models only: what is written there as XML, SVG included.
#include <string>
#include <string_view>

namespace echoflow::xml {

/// What an XML text may hold depends on where it stands.
enum class EscapePlace { text, attribute, comment, processing_instruction };

/// Appends text so that a reader gives the same text back. What XML 1.0 cannot hold at all (NUL and most control
/// characters, U+FFFE, U+FFFF, malformed UTF-8) is written as U+FFFD; in comments and processing instructions, which
/// know no escapes, "--" and "?>" are parted by a space and a carriage return becomes a line feed.
void append_escaped(std::string_view text, EscapePlace place, std::string& out);
/// How many bytes at the beginning of the text append_escaped() would append as they are; may be less than all of them.
std::size_t plain_length(std::string_view text, EscapePlace place);

}  // namespace echoflow::xml

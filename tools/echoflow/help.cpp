#include "tools/echoflow/help.hpp"

#include <algorithm>

namespace echoflow::tool {

namespace {

constexpr std::size_t width = 100;

/// Breaks text into lines of at most `width` columns, each after `indent` blanks.
std::string wrapped(std::string_view text, std::size_t indent) {
  std::string out, line;
  while (!text.empty()) {
    auto end = std::min(text.find(' '), text.size());
    std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && indent + line.size() + 1 + word.size() > width) {
      out += std::string(indent, ' ') + line + "\n";
      line.clear();
    }
    if (!line.empty()) line += ' ';
    line += word;
  }
  return out + std::string(indent, ' ') + line + "\n";
}

std::string usage(const Command& command) {
  std::string line = "echoflow " + std::string(command.name);
  if (!command.options.empty()) line += " [OPTION...]";
  if (!command.arguments.empty()) line += " " + std::string(command.arguments);
  return line;
}

std::string option_head(const Option& option) {
  return std::string(option.name) + (option.argument.empty() ? "" : " " + std::string(option.argument));
}

std::string option_notes(const Option& option) {
  std::string notes(option.help);
  if (!option.preset.empty()) notes += " Default: " + std::string(option.preset) + ".";
  if (option.setting) notes += " [" + environment_name(option) + "]";
  return notes;
}

/// Text in a manual page: backslashes, dashes, and dots at the beginning of a line mean something there.
std::string roff(std::string_view text) {
  std::string out = text.starts_with('.') || text.starts_with('\'') ? "\\&" : "";
  for (char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  return out;
}

void append_options(const Command& command, std::string& out) {
  if (command.options.empty()) return;
  out += ".SH OPTIONS\n";
  for (const auto& option : command.options) {
    out += ".TP\n\\fB" + roff(option.name) + "\\fR";
    if (!option.argument.empty()) out += " \\fI" + roff(option.argument) + "\\fR";
    out += "\n" + roff(option_notes(option)) + "\n";
  }
}

}  // namespace

std::string overview() {
  std::string out =
      "Echoflow runs WS-BPEL 2.0 processes.\n\nUsage: echoflow COMMAND [OPTION...] [ARGUMENT...]\n\nCommands:\n";
  for (const auto& command : commands())
    out += "  " + std::string(command.name) + std::string(12 - command.name.size(), ' ') +
           std::string(command.summary) + "\n";
  return out + "\nechoflow COMMAND --help says more. Exit status: 0 fine, 1 findings, 2 usage or failure.\n";
}

std::string help_text(const Command& command) {
  std::string out = "Usage: " + usage(command) + "\n\n" + wrapped(command.description, 0);
  if (!command.options.empty()) out += "\nOptions:\n";
  for (const auto& option : command.options)
    out += "  " + option_head(option) + "\n" + wrapped(option_notes(option), 8);
  return out + "  --help\n        Show this.\n";
}

std::string man_page(const Command* command) {
  const std::string name = command ? "echoflow-" + std::string(command->name) : "echoflow";
  std::string title = name;
  std::transform(title.begin(), title.end(), title.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  std::string out = ".TH " + title + " 1 \"\" \"Echoflow\" \"Echoflow\"\n.SH NAME\n" + roff(name) + " \\- " +
                    roff(command ? command->summary : "run WS-BPEL 2.0 processes") + "\n.SH SYNOPSIS\n";
  if (command) {
    out += "\\fB" + roff(usage(*command)) + "\\fR\n.SH DESCRIPTION\n" + roff(command->description) + "\n";
    append_options(*command, out);
  } else {
    out += "\\fBechoflow\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR...] [\\fIARGUMENT\\fR...]\n.SH COMMANDS\n";
    for (const auto& each : commands()) out += ".TP\n\\fB" + roff(each.name) + "\\fR\n" + roff(each.summary) + "\n";
  }
  out +=
      ".SH EXIT STATUS\n0 fine, 1 findings, 2 usage or failure.\n.SH ENVIRONMENT\nEvery option that shows a name in "
      "brackets may be given in that environment variable; a flag comes before it.\n";
  return out;
}

std::string bash_completion() {
  std::string names, cases;
  for (const auto& command : commands()) {
    names += (names.empty() ? "" : " ") + std::string(command.name);
    std::string options;
    for (const auto& option : command.options) options += std::string(option.name) + " ";
    cases += "    " + std::string(command.name) + ") options=\"" + options + "--help\" ;;\n";
  }
  return "# Completion of echoflow for bash; made by echoflow help --format bash.\n_echoflow() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} options=\n"
         "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    COMPREPLY=($(compgen -W \"" +
         names +
         "\" -- \"$word\"))\n    return\n  fi\n"
         "  case ${COMP_WORDS[1]} in\n" +
         cases +
         "  esac\n"
         "  case $word in\n    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n    *) COMPREPLY=($(compgen "
         "-f -- \"$word\")) ;;\n  esac\n}\n"
         "complete -o filenames -F _echoflow echoflow\n";
}

}  // namespace echoflow::tool

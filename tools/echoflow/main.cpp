#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "tools/echoflow/commands.hpp"
#include "tools/echoflow/help.hpp"

namespace echoflow::tool {

namespace {

struct Entry {
  std::string_view name;
  int (*run)(const Settings&);
};
constexpr Entry entries[] = {{"serve", serve},     {"check", check},         {"import", import_model},
                             {"analyse", analyse}, {"deploy", deploy},       {"document", document},
                             {"verify", verify},   {"export", export_log},   {"understand", understand},
                             {"kpis", kpis},       {"feedback", feedback},   {"diagram", diagram},
                             {"help", show_help},  {"version", show_version}};

int run(const std::vector<std::string>& words) {
  if (words.empty()) {
    std::fputs(overview().c_str(), stderr);
    return failure;
  }
  std::string name = words.front();
  if (name == "--help" || name == "-h") name = "help";
  if (name == "--version") name = "version";
  const Command* command = find_command(name);
  if (!command && is_later_command(name)) return complain("this version does not have the command '" + name + "' yet.");
  if (!command) return complain("there is no command '" + name + "'. See echoflow help.");
  auto settings = Settings::read(*command, {words.begin() + 1, words.end()},
                                 [](const char* key) { return static_cast<const char*>(std::getenv(key)); });
  if (!settings) return complain(settings.error().message);
  if (settings->help()) {
    std::fputs(help_text(*command).c_str(), stdout);
    return fine;
  }
  for (const auto& entry : entries)
    if (entry.name == name) return entry.run(*settings);
  return failure;
}

}  // namespace

int complain(const std::string& message) {
  std::fprintf(stderr, "echoflow: %s\n", message.c_str());
  return failure;
}

int show_help(const Settings& settings) {
  const Command* command = nullptr;
  if (settings.arguments().size() > 1) return complain("help takes one command at most.");
  if (!settings.arguments().empty()) {
    command = find_command(settings.arguments().front());
    if (!command) return complain("there is no command '" + settings.arguments().front() + "'. See echoflow help.");
  }
  const std::string format = settings.get("--format");
  if (format != "text" && format != "man" && format != "bash") return complain("--format must be text, man or bash.");
  std::string text = format == "man"    ? man_page(command)
                     : format == "bash" ? bash_completion()
                     : command          ? help_text(*command)
                                        : overview();
  std::fputs(text.c_str(), stdout);
  return fine;
}

int show_version(const Settings& settings) {
  std::printf(settings.on("--json") ? "{\"name\":\"echoflow\",\"version\":\"%s\"}\n" : "echoflow %s\n",
              ECHOFLOW_VERSION);
  return fine;
}

}  // namespace echoflow::tool

int main(int count, char** words) {
  return echoflow::tool::run({words + 1, words + count});
}

#include <unistd.h>

#include <cstdio>

#include "adapters/rest/json_writer.hpp"
#include "adapters/rest/problem.hpp"
#include "tools/echoflow/bpel_compiler.hpp"
#include "tools/echoflow/commands.hpp"
#include "tools/echoflow/sources.hpp"

namespace echoflow::tool {

namespace {

/// One line on a terminal that tells how far it is; nothing elsewhere.
class Progress {
 public:
  explicit Progress(std::size_t total) : total_(total), shown_(total > 3 && isatty(STDERR_FILENO)) {}
  ~Progress() {
    if (shown_) std::fputs("\r\033[K", stderr);
  }
  void at(std::size_t done) const {
    constexpr int width = 40;
    if (!shown_) return;
    int filled = static_cast<int>(width * done / total_);
    std::fprintf(stderr, "\r[%s%s] %zu of %zu", std::string(static_cast<std::size_t>(filled), '#').c_str(),
                 std::string(static_cast<std::size_t>(width - filled), ' ').c_str(), done, total_);
  }

 private:
  const std::size_t total_;
  const bool shown_;
};

}  // namespace

int check(const Settings& settings) {
  if (settings.arguments().empty())
    return complain("check needs a file, folder or archive. See echoflow check --help.");
  Diagnostics all;
  BpelCompiler compiler;
  {
    Progress progress(settings.arguments().size());
    for (std::size_t i = 0; i < settings.arguments().size(); ++i) {
      progress.at(i);
      auto sources = read_sources(settings.arguments()[i]);
      if (!sources) return complain(sources.error().message);
      auto compiled = compiler.compile(sources->files);
      for (auto& finding : compiled.findings) {
        if (!finding.where.file.empty()) finding.where.file = sources->prefix + finding.where.file;
        all.push_back(std::move(finding));
      }
    }
  }
  if (settings.on("--json")) {
    json::Writer writer;
    writer.begin_object();
    rest::write_findings(writer, "violations", all);
    writer.end_object();
    std::printf("%s\n", writer.text().c_str());
  } else {
    for (const auto& finding : all) std::printf("%s\n", to_string(finding).c_str());
  }
  return has_errors(all) ? findings : fine;
}

}  // namespace echoflow::tool

#include <unistd.h>

#include <cstdio>
#include <memory>

#include "adapters/documents/mining/trace.hpp"
#include "adapters/runtime/clock.hpp"
#include "tools/echoflow/commands.hpp"
#include "tools/echoflow/stored_processes.hpp"

namespace echoflow::tool {

namespace {

/// --output, or the standard output.
class Output {
 public:
  explicit Output(const std::string& file)
      : file_(file.empty() ? stdout : std::fopen(file.c_str(), "wbe")), owned_(!file.empty()) {}
  ~Output() {
    if (owned_ && file_) std::fclose(file_);
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  bool is_open() const { return file_ != nullptr; }
  Result<void> write(std::string_view bytes) {
    if (std::fwrite(bytes.data(), 1, bytes.size(), file_) == bytes.size()) return {};
    return fail("the output cannot be written; is there space left?");
  }
  bool flush() { return std::fflush(file_) == 0; }

 private:
  std::FILE* file_;
  const bool owned_;
};

/// The server's key where there is one, so that its pseudonyms are the same everywhere.
Result<documents::Signer> key_of(const Settings& settings) {
  const std::string file = settings.get("--signing-key").empty() ? settings.get("--data") + "/signing-key.pem"
                                                                 : settings.get("--signing-key");
  if (::access(file.c_str(), F_OK) == 0) return documents::Signer::open(file);
  return documents::Signer::fresh();
}

}  // namespace

int export_log(const Settings& settings) {
  const std::string format = settings.get("--format");
  if (format != "xes" && format != "ocel") return complain("--format must be xes or ocel.");
  if (settings.arguments().size() > 1) return complain("export takes one process at most. See echoflow export --help.");
  const auto store = open_database(settings);
  if (!store) return complain(store.error().message);
  const auto signer = key_of(settings);
  if (!signer) return complain(signer.error().message);
  StoredProcesses processes(**store);
  documents::MiningOptions options;
  if (!settings.arguments().empty()) {
    const auto key = processes.key_of(settings.arguments().front());
    if (!key) return complain(key.error().message);
    options.process_key = *key;
  }
  for (const auto& [name, at] :
       {std::pair<const char*, std::optional<TimePoint>*>{"--from", &options.from}, {"--to", &options.to}}) {
    if (settings.get(name).empty()) continue;
    const auto time = parse_deadline(settings.get(name));
    if (!time) return complain(std::string(name) + " must be a time as 2026-12-01T09:00:00Z, or a day.");
    *at = *time;
  }
  options.pseudonymous = settings.on("--pseudonyms");
  options.structured = settings.on("--structured");
  options.now = runtime::system_clock().now();
  options.progress = progress_bar("export");
  Output output(settings.get("--output"));
  if (!output.is_open()) return complain("'" + settings.get("--output") + "' cannot be written.");
  const documents::Pseudonyms pseudonyms(signer->derive("pseudonyms"));
  const documents::Sink sink = [&](std::string_view bytes) { return output.write(bytes); };
  const auto done = format == "xes" ? documents::export_xes(**store, processes.finder(), pseudonyms, options, sink)
                                    : documents::export_ocel(**store, processes.finder(), pseudonyms, options, sink);
  if (!done) return complain(done.error().message);
  if (!output.flush()) return complain("the output cannot be written; is there space left?");
  return fine;
}

}  // namespace echoflow::tool

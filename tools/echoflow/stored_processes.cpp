#include "tools/echoflow/stored_processes.hpp"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>

#include "adapters/runtime/deployment_archive.hpp"
#include "adapters/store_soci/open_store.hpp"
#include "models/base/qname.hpp"
#include "tools/echoflow/bpel_compiler.hpp"

namespace echoflow::tool {

Result<std::unique_ptr<engine::Store>> open_database(const Settings& settings) {
  std::string where = settings.get("--database");
  if (where.empty()) {
    where = settings.get("--data") + "/echoflow.db";
    std::error_code error;
    if (!std::filesystem::exists(where, error))
      return fail("There is no database '" + where + "'; say where it is with --data or --database.");
  }
  auto store = store::open_store(where);
  if (!store) return fail(store.error().message);
  return std::move(store).value();
}

program::ProgramPtr StoredProcesses::program(std::int64_t process) {
  if (const auto known = known_.find(process); known != known_.end()) return known->second;
  known_[process] = nullptr;
  const auto deployments = store_.deployments(false);
  if (!deployments) return nullptr;
  for (const auto& listed : *deployments) {
    for (const auto& row : listed.processes) {
      if (row.id != process) continue;
      const auto deployment = store_.deployment(listed.id);
      if (!deployment || !*deployment) return nullptr;
      const auto unpacked = runtime::unpack((*deployment)->archive);
      if (!unpacked) return nullptr;
      const auto compiled = BpelCompiler().compile(unpacked->files);
      for (const auto& other : listed.processes)
        for (const auto& each : compiled.processes)
          if (each.file == other.file && each.program->name.clark() == other.key) known_[other.id] = each.program;
      return known_[process];
    }
  }
  return nullptr;
}

Result<std::string> StoredProcesses::key_of(const std::string& name) {
  const auto deployments = store_.deployments(false);
  if (!deployments) return fail(deployments.error().message);
  std::string found, all;
  for (const auto& deployment : *deployments)
    for (const auto& row : deployment.processes) {
      if (row.key == name) return name;
      const bool again = row.key == found;
      if (all.find(row.key) == std::string::npos) {
        all += all.empty() ? "" : ", ";
        all += row.key;
      }
      if (QName::from_clark(row.key).local != name || again) continue;
      if (!found.empty()) return fail("Several processes are named '" + name + "'; give the key: {namespace}name.");
      found = row.key;
    }
  if (found.empty()) return fail("There is no process '" + name + "'; there are: " + all + ".");
  return found;
}

documents::Progress progress_bar(const std::string& what) {
  if (!::isatty(STDERR_FILENO)) return {};
  using Clock = std::chrono::steady_clock;
  return [what, shown = Clock::time_point()](std::int64_t done, std::int64_t total) mutable {
    const auto now = Clock::now();
    if (total <= 0 || (done < total && now - shown < std::chrono::milliseconds(100))) return;
    shown = now;
    constexpr int width = 40;
    const int filled = static_cast<int>(done * width / total);
    std::fprintf(stderr, "\r%s [%s%s] %3d %%%s", what.c_str(),
                 std::string(static_cast<std::size_t>(filled), '#').c_str(),
                 std::string(static_cast<std::size_t>(width - filled), ' ').c_str(),
                 static_cast<int>(done * 100 / total), done >= total ? "\n" : "");
  };
}

}  // namespace echoflow::tool

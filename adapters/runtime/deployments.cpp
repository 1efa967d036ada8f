#include "adapters/runtime/deployments.hpp"

#include <algorithm>

#include "adapters/runtime/deployment_archive.hpp"
#include "adapters/runtime/failures.hpp"
#include "models/base/sha256.hpp"

namespace echoflow::runtime {
namespace {

void add(Directory& directory, const DeploymentInfo& deployment) {
  directory.deployments[deployment.id] = deployment;
  for (const auto& process : deployment.processes) {
    directory.processes[process->id] = process;
    auto& versions = directory.versions[process->key];
    versions.push_back(process);
    std::sort(versions.begin(), versions.end(), [](const auto& a, const auto& b) { return a->version < b->version; });
  }
}

void remove(Directory& directory, const DeploymentInfo& deployment) {
  directory.deployments.erase(deployment.id);
  for (const auto& process : deployment.processes) {
    directory.processes.erase(process->id);
    auto& versions = directory.versions[process->key];
    std::erase_if(versions, [&](const auto& v) { return v->id == process->id; });
    if (versions.empty()) directory.versions.erase(process->key);
  }
}

/// Joins the store's rows with what the index says of them.
DeploymentInfo describe(const engine::DeploymentRow& row, std::vector<ProcessInfo> index) {
  DeploymentInfo deployment{row.id, row.name, row.deployed_at, {}};
  for (const auto& process : row.processes) {
    ProcessInfo info;
    for (auto& known : index)
      if (known.key == process.key && known.file == process.file) info = known;
    info.id = process.id;
    info.deployment = row.id;
    info.key = process.key;
    info.name = QName::from_clark(process.key);
    info.version = process.version;
    info.file = process.file;
    info.source_hash = process.source_hash;
    deployment.processes.push_back(std::make_shared<const ProcessInfo>(std::move(info)));
  }
  return deployment;
}

std::vector<ProcessInfo> describe(const engine::CompiledDeployment& compiled) {
  std::vector<ProcessInfo> processes;
  for (const auto& p : compiled.processes) processes.push_back(runtime::describe(*p.program, p.file, p.retired));
  return processes;
}

engine::DeploymentRow make_row(const std::string& name, const Files& files, const std::vector<ProcessInfo>& processes,
                               TimePoint now) {
  engine::DeploymentRow row;
  row.name = name;
  row.deployed_at = now;
  row.archive = pack(files, processes);
  for (const auto& p : processes) {
    auto source = files.find(p.file);
    row.processes.push_back(
        {0, 0, p.key, 0, p.file, source == files.end() ? std::string() : to_hex(sha256(source->second))});
  }
  return row;
}

std::vector<VersionPtr> make_versions(const DeploymentInfo& deployment, const engine::CompiledDeployment& compiled) {
  std::vector<VersionPtr> versions;
  for (const auto& info : deployment.processes)
    for (const auto& p : compiled.processes)
      if (p.file == info->file && p.program->name == info->name) versions.push_back(make_version(info, p.program));
  return versions;
}

}  // namespace

Deployments::Deployments(engine::Store& store, const engine::ProcessCompiler& compiler, Metrics& metrics, Clock& clock,
                         std::size_t warm)
    : store_(store),
      compiler_(compiler),
      metrics_(metrics),
      clock_(clock),
      warm_(std::max<std::size_t>(warm, 1)),
      directory_(std::make_shared<const Directory>()) {}

Outcome<void> Deployments::load() {
  auto rows = store_.deployments(false);
  if (!rows) return fail(store_failure(rows.error()));
  auto next = std::make_shared<Directory>();
  for (const auto& row : *rows) {
    auto index = index_of(row.id);
    if (!index) return fail(index.error());
    add(*next, describe(row, std::move(*index)));
  }
  publish(std::move(next));
  return {};
}

Outcome<std::vector<ProcessInfo>> Deployments::index_of(std::int64_t deployment) {
  auto row = store_.deployment(deployment);
  if (!row) return fail(store_failure(row.error()));
  if (!*row) return std::vector<ProcessInfo>{};
  auto unpacked = unpack((*row)->archive);
  if (!unpacked) return fail(unpacked.error());
  auto index = read_index(unpacked->index);
  if (index.empty()) index = describe(compiler_.compile(unpacked->files));
  return index;
}

Result<Deployed, DeployRefusal> Deployments::deploy(const std::string& name, const Files& files) {
  auto compiled = compiler_.compile(files);
  metrics_.compilations.fetch_add(1);
  if (has_errors(compiled.findings)) return fail(DeployRefusal{std::move(compiled.findings), {}});
  if (compiled.processes.empty()) {
    compiled.findings.push_back(
        {"DEPLOY", Severity::error, "the deployment holds no executable process: add a .bpel file", {}});
    return fail(DeployRefusal{std::move(compiled.findings), {}});
  }
  auto processes = describe(compiled);
  std::lock_guard lock(changing_);
  auto row = make_row(name, files, processes, clock_.now());
  if (auto added = store_.add_deployment(row); !added) return fail(DeployRefusal{{}, store_failure(added.error())});
  auto deployment = describe(row, std::move(processes));
  auto kept = slot(deployment.id);
  {
    std::lock_guard compiling(kept->compiling);
    kept->versions = make_versions(deployment, compiled);
  }
  insert(deployment);
  return Deployed{std::move(deployment), std::move(compiled.findings)};
}

DirectoryPtr Deployments::directory() const {
  std::shared_lock lock(directory_mutex_);
  return directory_;
}

std::shared_ptr<Directory> Deployments::copy_directory() const {
  return std::make_shared<Directory>(*directory());
}

void Deployments::publish(std::shared_ptr<Directory> next) {
  std::unique_lock lock(directory_mutex_);
  next->generation = directory_->generation + 1;
  metrics_.processes.store(static_cast<std::int64_t>(next->processes.size()));
  directory_ = std::move(next);
}

Outcome<DeploymentInfo> Deployments::withdraw(std::int64_t deployment) {
  std::lock_guard lock(changing_);
  auto next = copy_directory();
  auto found = next->deployments.find(deployment);
  if (found == next->deployments.end())
    return fail(not_found("unknown-deployment", "there is no deployment " + std::to_string(deployment)));
  auto info = found->second;
  remove(*next, info);
  publish(std::move(next));
  return info;
}

void Deployments::restore(const DeploymentInfo& deployment) {
  std::lock_guard lock(changing_);
  insert(deployment);
}

void Deployments::forget(std::int64_t deployment) {
  std::lock_guard lock(slots_mutex_);
  auto found = slots_.find(deployment);
  if (found == slots_.end()) return;
  used_.erase(found->second->used);
  slots_.erase(found);
}

void Deployments::insert(const DeploymentInfo& deployment) {
  auto next = copy_directory();
  add(*next, deployment);
  publish(std::move(next));
}

Outcome<Files> Deployments::files(std::int64_t deployment) const {
  auto row = store_.deployment(deployment);
  if (!row) return fail(store_failure(row.error()));
  if (!*row) return fail(not_found("unknown-deployment", "there is no deployment " + std::to_string(deployment)));
  auto unpacked = unpack((*row)->archive);
  if (!unpacked) return fail(unpacked.error());
  return std::move(unpacked->files);
}

Deployments::SlotPtr Deployments::slot(std::int64_t deployment) {
  std::lock_guard lock(slots_mutex_);
  if (auto found = slots_.find(deployment); found != slots_.end()) {
    used_.splice(used_.begin(), used_, found->second->used);
    return found->second;
  }
  while (slots_.size() >= warm_) {
    slots_.erase(used_.back());
    used_.pop_back();
  }
  auto added = std::make_shared<Slot>();
  used_.push_front(deployment);
  added->used = used_.begin();
  slots_.emplace(deployment, added);
  return added;
}

Outcome<VersionPtr> Deployments::version(std::int64_t process) {
  auto now = directory();
  const auto* info = now->process(process);
  if (!info) return fail(not_found("unknown-process", "there is no process definition " + std::to_string(process)));
  auto kept = slot(info->deployment);
  std::lock_guard compiling(kept->compiling);
  if (kept->versions.empty())
    if (auto done = compile(info->deployment, *kept); !done) return fail(done.error());
  for (const auto& version : kept->versions)
    if (version->info->id == process) return version;
  return fail(
      Failure{FailureKind::internal, "not-compilable",
              info->file + " of deployment " + std::to_string(info->deployment) +
                  " does not compile with this version of Echoflow: run `echoflow check` on it and deploy it again"});
}

Outcome<void> Deployments::compile(std::int64_t deployment, Slot& slot) {
  auto sources = files(deployment);
  if (!sources) return fail(sources.error());
  auto compiled = compiler_.compile(*sources);
  metrics_.compilations.fetch_add(1);
  auto known = directory();
  if (auto found = known->deployments.find(deployment); found != known->deployments.end())
    slot.versions = make_versions(found->second, compiled);
  return {};
}

}  // namespace echoflow::runtime

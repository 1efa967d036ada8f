#include "adapters/rest/documentation.hpp"

#include <algorithm>

#include "adapters/documents/control/register.hpp"
#include "adapters/documents/document_seal.hpp"
#include "adapters/rest/document_progress.hpp"
#include "adapters/rest/proof.hpp"
#include "engine/ports/process_models.hpp"
#include "models/documentation/describe.hpp"

namespace echoflow::rest {

namespace {

engine::ProcessModel model_of(Api& api, const runtime::ProcessInfo& process, std::string* source = nullptr) {
  if (!api.options().models) return {};
  const auto files = api.runtime().files(process.deployment);
  if (!files) return {};
  if (const auto file = files->find(process.file); source && file != files->end()) *source = file->second;
  return api.options().models->model(*files, process.file, process.name);
}

/// The newest version before this one; null where there is none.
runtime::ProcessInfoPtr version_before(const runtime::Directory& directory, const runtime::ProcessInfo& process) {
  runtime::ProcessInfoPtr found;
  for (const auto& [id, other] : directory.processes)
    if (other->key == process.key && other->version < process.version && (!found || other->version > found->version))
      found = other;
  return found;
}

std::string container_id(const engine::ProcessModel& model) {
  return model.container < model.graph->containers.size() ? model.graph->containers[model.container].id : "";
}

/// A file name of plain characters.
std::string file_name(const runtime::ProcessInfo& process, documentation::Format format) {
  std::string name = process.name.local + "-" + std::to_string(process.version) + ".";
  std::replace_if(
      name.begin(), name.end(),
      [](unsigned char c) { return c < 0x21 || c > 0x7e || c == '"' || c == '/' || c == '\\'; }, '_');
  return name += documentation::extension(format);
}

}  // namespace

Result<std::string> make_document(Api& api, const runtime::ProcessInfo& process, const DocumentWish& wish) {
  documentation::DocumentOptions options;
  const auto model = model_of(api, process, &options.source);
  if (!model.graph) return fail("There is no model to describe: the source of this process cannot be read.");
  options.language = wish.language;
  options.iso_9001 = wish.iso_9001;
  options.source_name = process.file;
  options.process = container_id(model);
  options.made_at = runtime::system_clock().now();
  options.findings = analysis::analyse(*model.graph, {wish.language}).findings;
  options.checked = true;
  engine::ProcessModel before;
  if (const auto earlier = version_before(*api.runtime().directory(), process)) {
    before = model_of(api, *earlier);
    options.previous = before.graph.get();
    options.previous_version = std::to_string(earlier->version);
  }
  std::optional<documentation::Evidence> evidence;
  if (api.options().signer && !process.in_memory) {
    WatchedWork work(wish.watch);
    documents::GatherOptions gathering;
    gathering.progress = [&](std::int64_t done, std::int64_t total) { work.advance(done, total); };
    auto gathered = gather_evidence(api, process, std::move(gathering), wish.from, wish.to);
    if (!gathered) return fail(gathered.error().message);
    evidence = std::move(*gathered);
  }
  auto control = wish.control;
  if (!control && api.options().documents) control = api.options().documents->control_of(process.id);
  const auto document =
      documentation::describe(*model.graph, options, evidence ? &*evidence : nullptr, control ? &*control : nullptr);
  std::string bytes;
  auto written = documentation::write(wish.format, document, [&](std::string_view piece) -> Result<void> {
    bytes += piece;
    return {};
  });
  if (!written.ok()) return fail(written.error().message);
  return api.options().signer ? documents::seal_document(std::move(bytes), *api.options().signer) : bytes;
}

namespace definitions {

http::Response documentation(Api& api, const Call& call) {
  const auto directory = api.runtime().directory();
  const auto id = id_of(call.parameters[0]);
  const auto it = id ? directory->processes.find(*id) : directory->processes.end();
  if (it == directory->processes.end())
    return not_found("There is no process definition '" + call.parameters[0] + "'.");
  if (!api.options().models) return not_found("This server makes no documents.");
  DocumentWish wish;
  const auto format =
      documentation::format_by_name(call.parameter("format").empty() ? "html" : call.parameter("format"));
  if (!format) return bad_request("The parameter 'format' must be html, pdf or docx.");
  wish.format = *format;
  if (const auto language = call.parameter("lang"); !language.empty()) wish.language = language;
  if (wish.language != "de" && wish.language != "en") return bad_request("The parameter 'lang' must be de or en.");
  if (const auto edition = call.parameter("iso9001"); !edition.empty()) wish.iso_9001 = edition;
  if (wish.iso_9001 != "2015" && wish.iso_9001 != "2026")
    return bad_request("The parameter 'iso9001' must be 2015 or 2026.");
  const auto period = period_of(call);
  if (!period) return period.error();
  wish.from = period->from;
  wish.to = period->to;
  wish.watch = call.parameter("watch");
  if (!wish.watch.empty() && !is_watch_name(wish.watch))
    return bad_request("The parameter 'watch' must be 8 to 64 letters, digits or hyphens.");
  auto bytes = make_document(api, *it->second, wish);
  if (!bytes) return respond({503, "no-document", bytes.error().message});
  return {200,
          std::string(documentation::media_type(wish.format)),
          std::move(*bytes),
          {{"Content-Disposition", "attachment; filename=\"" + file_name(*it->second, wish.format) + "\""}},
          {}};
}

}  // namespace definitions

}  // namespace echoflow::rest

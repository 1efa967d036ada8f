#include <algorithm>

#include "adapters/documents/element_counts.hpp"
#include "adapters/rest/api.hpp"
#include "engine/ports/process_models.hpp"
#include "models/graph/process_graph.hpp"
#include "models/layout/draw.hpp"
#include "models/layout/svg.hpp"

namespace echoflow::rest::definitions {

namespace {

constexpr std::uint32_t most_instances = 1'000;

/// What an activity's last state adds to the figures of its element.
void count(const engine::ActivityView& activity, layout::Figures& figures) {
  switch (activity.status) {
    case engine::ActivityStatus::ready:
    case engine::ActivityStatus::skipped:
      return;
    case engine::ActivityStatus::executing:
      ++figures.running;
      if (activity.failed) ++figures.faulted;
      break;
    case engine::ActivityStatus::faulted:
      ++figures.faulted;
      break;
    case engine::ActivityStatus::completed:
    case engine::ActivityStatus::terminated:
    case engine::ActivityStatus::compensated:
      break;
  }
  ++figures.entered;
}

runtime::Outcome<void> add_instance(Api& api, InstanceId id, layout::DrawOptions& options) {
  auto history = api.runtime().history(id);
  if (!history) return fail(history.error());
  for (const auto& activity : (*history)->activities())
    if (!activity.element_id.empty()) count(activity, options.figures[activity.element_id]);
  return {};
}

bool is_language(std::string_view tag) {
  return tag.size() >= 2 && tag.size() <= 35 && std::all_of(tag.begin(), tag.end(), [](char c) {
           return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
         });
}

/// Counts over all instances of the version, or those that started in a period. The refusal, or nothing.
std::optional<http::Response> add_all(Api& api, const Call& call, const runtime::ProcessInfo& process,
                                      const graph::ProcessGraph& model, layout::DrawOptions& options) {
  documents::CountOptions wanted;
  bool any = false;
  for (const auto& [name, at] :
       {std::pair<std::string_view, std::optional<TimePoint>*>{"from", &wanted.from}, {"to", &wanted.to}}) {
    const auto text = call.parameter(name);
    if (text.empty()) continue;
    const auto time = parse_deadline(text);
    if (!time) return bad_request("The parameters 'from' and 'to' must be times as 2026-12-01T09:00:00Z.");
    *at = *time;
    any = true;
  }
  const auto counts = call.parameter("counts");
  if (counts.empty() && !any) return std::nullopt;
  if (!counts.empty() && counts != "all") return bad_request("The parameter 'counts' must be all.");
  if (!call.parameter("recent").empty() || !call.parameter("instance").empty())
    return bad_request("Ask for one of: counts=all (with 'from' and 'to', or without), 'recent', 'instance'.");
  if (process.in_memory)
    return bad_request("The process runs in memory and keeps no journal to count in; 'recent' shows what runs.");
  wanted.process_key = process.key;
  wanted.process = process.id;
  wanted.description = &model;
  const auto programs = [&api](std::int64_t id) {
    auto program = api.runtime().program(id);
    return program ? *program : nullptr;
  };
  auto counted = documents::count_elements(api.store(), programs, wanted);
  if (!counted) return respond({503, "unavailable", counted.error().message});
  for (const auto& [id, count] : *counted)
    options.figures[id] = {static_cast<std::uint64_t>(count.entered), static_cast<std::uint64_t>(count.running),
                           static_cast<std::uint64_t>(count.faulted)};
  return std::nullopt;
}

/// The refusal, or nothing.
std::optional<http::Response> add_figures(Api& api, const Call& call, std::int64_t process,
                                          layout::DrawOptions& options) {
  if (const auto text = call.parameter("instance"); !text.empty()) {
    const auto id = id_of(text);
    const auto unknown = "This process definition has no instance '" + std::string(text) + "'.";
    if (!id) return not_found(unknown);
    auto row = api.runtime().instance(*id);
    if (!row) return respond(row.error());
    if (row->process != process) return not_found(unknown);
    if (auto added = add_instance(api, *id, options); !added) return respond(added.error());
  }
  if (const auto text = call.parameter("recent"); !text.empty()) {
    const auto wanted = id_of(text);
    if (!wanted || *wanted > most_instances)
      return bad_request("The parameter 'recent' must be a whole number from 1 to " + std::to_string(most_instances) +
                         ".");
    engine::InstanceFilter filter;
    filter.process = process;
    filter.limit = static_cast<std::uint32_t>(*wanted);
    auto rows = api.runtime().instances(filter);
    if (!rows) return respond(rows.error());
    for (const auto& row : *rows)
      if (auto added = add_instance(api, row.id, options); !added) return respond(added.error());
  }
  return std::nullopt;
}

}  // namespace

http::Response diagram(Api& api, const Call& call) {
  const auto directory = api.runtime().directory();
  const auto id = id_of(call.parameters[0]);
  const auto it = id ? directory->processes.find(*id) : directory->processes.end();
  if (it == directory->processes.end())
    return not_found("There is no process definition '" + call.parameters[0] + "'.");
  if (!api.options().models) return not_found("This server draws no diagrams.");
  const auto& process = *it->second;
  auto files = api.runtime().files(process.deployment);
  if (!files) return respond(files.error());
  const auto model = api.options().models->model(*files, process.file, process.name);
  if (!model.graph) return not_found("There is no model to draw: the source of this process cannot be read.");
  layout::DrawOptions options;
  if (!call.parameter("lang").empty()) options.language = call.parameter("lang");
  if (!is_language(options.language))
    return bad_request("The parameter 'lang' must be a language tag such as de or en.");
  const auto placement = call.parameter("layout");
  if (!placement.empty() && placement != "own" && placement != "source")
    return bad_request("The parameter 'layout' must be source or own.");
  if (auto refusal = add_all(api, call, process, *model.graph, options)) return std::move(*refusal);
  if (auto refusal = add_figures(api, call, process.id, options)) return std::move(*refusal);
  layout::LayoutOptions placing{options.language};
  if (placement == "own") placing.placement = layout::Placement::own;
  const auto drawing = layout::draw(*model.graph, layout::lay_out(*model.graph, placing), options);
  return {200, "image/svg+xml", layout::to_svg(drawing), {}, {}};
}

}  // namespace echoflow::rest::definitions

#include <algorithm>

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
  if (auto refusal = add_figures(api, call, process.id, options)) return std::move(*refusal);
  layout::LayoutOptions placing{options.language};
  if (placement == "own") placing.placement = layout::Placement::own;
  const auto drawing = layout::draw(*model.graph, layout::lay_out(*model.graph, placing), options);
  return {200, "image/svg+xml", layout::to_svg(drawing), {}, {}};
}

}  // namespace echoflow::rest::definitions

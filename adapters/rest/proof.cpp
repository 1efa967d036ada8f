#include "adapters/rest/proof.hpp"

#include "adapters/cx/kpis/service.hpp"
#include "adapters/documents/control/register.hpp"
#include "adapters/documents/evidence_json.hpp"
#include "adapters/documents/gather.hpp"
#include "adapters/documents/mining/trace.hpp"
#include "engine/ports/process_models.hpp"

namespace echoflow::rest {

namespace {

documents::ProgramOf programs(Api& api) {
  return [&api](std::int64_t process) {
    auto program = api.runtime().program(process);
    return program ? *program : nullptr;
  };
}

}  // namespace

Result<Period, http::Response> period_of(const Call& call) {
  Period period;
  for (const auto& [name, at] :
       {std::pair<std::string_view, std::optional<TimePoint>*>{"from", &period.from}, {"to", &period.to}}) {
    const auto text = call.parameter(name);
    if (text.empty()) continue;
    const auto time = parse_deadline(text);
    if (!time)
      return fail(bad_request("The query parameter " + std::string(name) + " must be a time as 2026-12-01T09:00:00Z."));
    *at = *time;
  }
  if (period.from && period.to && *period.from > *period.to)
    return fail(bad_request("The query parameter from must not be later than to."));
  return period;
}

namespace evidence {

http::Response key(Api& api, const Call&) {
  if (!api.options().signer) return not_found("This server signs nothing.");
  json::Writer writer;
  writer.begin_object().member("algorithm", "Ed25519").member("publicKey", api.options().signer->public_key());
  writer.member("fingerprint", api.options().signer->fingerprint()).end_object();
  return json_response(200, writer);
}

http::Response of_process(Api& api, const Call& call) {
  if (!api.options().signer) return not_found("This server signs nothing, so it has no evidence.");
  const auto process = process_by(*api.runtime().directory(), "", call.parameters[0]);
  if (!process) return process.error();
  const auto period = period_of(call);
  if (!period) return period.error();
  documents::GatherOptions options;
  if (const auto sample = call.parameter("sample"); !sample.empty()) {
    const auto number = id_of(sample);
    if (!number || *number > 1'000) return bad_request("The query parameter sample must be a number from 1 to 1000.");
    options.sample = static_cast<std::size_t>(*number);
  }
  const auto evidence = gather_evidence(api, **process, std::move(options), period->from, period->to);
  if (!evidence) return respond({503, "no-evidence", evidence.error().message});
  if (call.parameter("format") == "json") {
    json::Writer writer;
    documents::write_evidence(writer, *evidence);
    return json_response(200, writer);
  }
  return {200,
          "application/x-ndjson",
          evidence->files.front().bytes,
          {{"Content-Disposition", "attachment; filename=\"evidence.jsonl\""}},
          {}};
}

}  // namespace evidence

Result<documentation::Evidence> gather_evidence(Api& api, const runtime::ProcessInfo& process,
                                                documents::GatherOptions options, std::optional<TimePoint> from,
                                                std::optional<TimePoint> to) {
  options.process_key = process.key;
  options.documented = process.id;
  options.from = from;
  options.to = to;
  options.now = runtime::system_clock().now();
  engine::ProcessModel model;
  if (api.options().models)
    if (const auto files = api.runtime().files(process.deployment))
      model = api.options().models->model(*files, process.file, process.name);
  options.description = model.graph.get();
  std::vector<documents::DocumentRecord> controlled;
  if (api.options().documents && api.options().documents->is_controlled(process.key)) {
    controlled = api.options().documents->all();
    options.is_released = [&](std::int64_t id, TimePoint at) { return documents::was_released(controlled, id, at); };
  }
  if (api.options().kpis)
    api.options().kpis->look([&](const kpis::Kpis& all) {
      options.kpis = documents::kpi_actuals(all, process.key, api.options().kpis->now());
    });
  return documents::gather(api.store(), programs(api), *api.options().signer, options);
}

namespace mining {

http::Response log(Api& api, const Call& call) {
  const auto period = period_of(call);
  if (!period) return period.error();
  documents::MiningOptions options;
  options.from = period->from;
  options.to = period->to;
  options.process_key = call.parameter("processKey");
  if (!options.process_key.empty()) {
    const auto process = process_by(*api.runtime().directory(), options.process_key, "");
    if (!process) return process.error();
    options.process_key = (*process)->key;
  }
  for (const auto& [name, flag] :
       {std::pair<std::string_view, bool*>{"pseudonyms", &options.pseudonymous}, {"structured", &options.structured}}) {
    const auto text = call.parameter(name);
    if (!text.empty() && text != "true" && text != "false")
      return bad_request("The query parameter " + std::string(name) + " must be true or false.");
    *flag = text == "true";
  }
  const auto format = call.parameter("format");
  if (format != "xes" && format != "ocel") return bad_request("The query parameter format must be xes or ocel.");
  const bool xes = format == "xes";
  http::Response response{200,
                          xes ? "application/xml" : "application/json",
                          "",
                          {{"Content-Disposition", xes ? "attachment; filename=\"journal.xes\""
                                                       : "attachment; filename=\"journal.jsonocel\""}},
                          {}};
  if (!api.options().signer) return not_found("This server has no key for pseudonyms.");
  response.stream = [&api, options, xes](http::Stream& stream) {
    const documents::Pseudonyms pseudonyms(api.options().signer->derive("pseudonyms"));
    std::string waiting;
    const documents::Sink sink = [&](std::string_view bytes) -> Result<void> {
      waiting += bytes;
      if (waiting.size() < 65'536) return {};
      const bool taken = stream.write(waiting);
      waiting.clear();
      if (!taken) return fail("The client went away.");
      return {};
    };
    // What ends early is no well-formed document, and its reader tells.
    const auto done = xes ? documents::export_xes(api.store(), programs(api), pseudonyms, options, sink)
                          : documents::export_ocel(api.store(), programs(api), pseudonyms, options, sink);
    if (done) stream.write(waiting);
  };
  return response;
}

}  // namespace mining

}  // namespace echoflow::rest

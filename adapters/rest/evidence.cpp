#include <functional>

#include "adapters/rest/api.hpp"
#include "engine/projections/journal_export.hpp"

namespace echoflow::rest::evidence {

namespace {

/// An evidence file as it is made: it may be long, so it is never held whole.
http::Response exported(Api& api, InstanceId instance) {
  http::Response response{
      200, "application/x-ndjson", "", {{"Content-Disposition", "attachment; filename=\"evidence.jsonl\""}}, {}};
  response.stream = [&api, instance](http::Stream& stream) {
    engine::ExportOptions options;
    options.instance = instance;
    options.exported_at = runtime::system_clock().now();
    auto sink = [&stream](std::string_view bytes) -> Result<void> {
      if (stream.write(bytes)) return {};
      return fail("The client went away.");
    };
    // A file that ends early has no seal, and verifying tells.
    (void)engine::export_journal(api.store(), options, sink);
  };
  return response;
}

}  // namespace

http::Response whole(Api& api, const Call&) {
  return exported(api, 0);
}

http::Response of_instance(Api& api, const Call& call) {
  auto id = id_of(call.parameters[0]);
  if (!id) return not_found("There is no process instance '" + call.parameters[0] + "'.");
  if (auto row = api.runtime().instance(*id); !row) return respond(row.error());
  auto rows = api.store().journal(*id, 0, 1);
  if (!rows) return respond({503, "unavailable", rows.error().message});
  if (rows->empty()) return not_found("The instance keeps no journal, as its process runs in memory.");
  return exported(api, *id);
}

}  // namespace echoflow::rest::evidence

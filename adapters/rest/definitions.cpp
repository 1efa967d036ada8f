#include "adapters/rest/api.hpp"

namespace echoflow::rest::definitions {

namespace {

runtime::ProcessInfoPtr find(const runtime::Directory& directory, const std::string& text) {
  auto id = id_of(text);
  auto it = id ? directory.processes.find(*id) : directory.processes.end();
  return it == directory.processes.end() ? nullptr : it->second;
}

http::Response unknown(const Call& call) {
  return not_found("There is no process definition '" + call.parameters[0] + "'.");
}

}  // namespace

http::Response list(Api& api, const Call& call) {
  auto page = page_of(call);
  if (!page) return page.error();
  auto directory = api.runtime().directory();
  const auto& all = directory->processes;
  const auto key = call.parameter("key");
  json::Writer writer;
  writer.begin_object().key("items").begin_array();
  auto it = page->cursor ? all.lower_bound(page->cursor) : all.end();
  std::uint32_t count = 0;
  std::int64_t last = 0;
  while (it != all.begin() && count < page->limit) {
    --it;
    if (!key.empty() && it->second->key != key) continue;
    write_process(writer, *it->second, call.base_url);
    last = it->first;
    ++count;
  }
  writer.end_array();
  if (it != all.begin() && count > 0) writer.member("nextCursor", std::to_string(last));
  writer.end_object();
  return json_response(200, writer);
}

http::Response get(Api& api, const Call& call) {
  auto process = find(*api.runtime().directory(), call.parameters[0]);
  if (!process) return unknown(call);
  json::Writer writer;
  write_process(writer, *process, call.base_url);
  return json_response(200, writer);
}

http::Response source(Api& api, const Call& call) {
  auto process = find(*api.runtime().directory(), call.parameters[0]);
  if (!process) return unknown(call);
  auto files = api.runtime().files(process->deployment);
  if (!files) return respond(files.error());
  auto it = files->find(process->file);
  if (it == files->end()) return not_found("The deployment does not hold '" + process->file + "'.");
  return {200, "application/xml", it->second, {}, {}};
}

}  // namespace echoflow::rest::definitions

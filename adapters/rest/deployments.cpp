#include "adapters/archive/path.hpp"
#include "adapters/documents/control/register.hpp"
#include "adapters/rest/api.hpp"
#include "adapters/rest/multipart.hpp"
#include "models/base/utf8.hpp"
#include "models/notations/import.hpp"

namespace echoflow::rest::deployments {

namespace {

struct Upload {
  std::string name;
  archive::Files files;
};

std::string_view ending_of(graph::Notation notation) {
  switch (notation) {
    case graph::Notation::bpmn:
      return ".bpmn";
    case graph::Notation::aml:
      return ".xml";
    case graph::Notation::epml:
      return ".epml";
    case graph::Notation::bpel:
      return ".bpel";
  }
  return {};
}

http::Response refused(const archive::ArchiveError& error) {
  bool size = error.limit != "" && error.limit != "archive-path";
  return respond({size ? 413 : 400, size ? "too-large" : "bad-archive", error.message, "", error.limit});
}

Result<Upload, http::Response> read_multipart(const Call& call, const archive::ArchiveLimits& limits) {
  auto parts =
      parse_multipart(call.request.body, http::header_parameter(call.request.header("Content-Type"), "boundary"));
  if (!parts) return fail(bad_request(parts.error().message));
  Upload upload;
  for (const auto& part : *parts) {
    if (!part.is_file) {
      if (part.name != "name")
        return fail(bad_request("The field '" + part.name + "' is not known here; only 'name' and files are."));
      upload.name = std::string(part.content);
      continue;
    }
    auto path = archive::safe_path(part.file_name);
    if (!path) return fail(refused(path.error()));
    if (path->ends_with(".zip")) {
      auto files = archive::read_zip(part.content, limits);
      if (!files) return fail(refused(files.error()));
      upload.files.merge(*files);
    } else if (!upload.files.emplace(*path, std::string(part.content)).second) {
      return fail(bad_request("The file '" + *path + "' is there twice."));
    }
    if (upload.files.size() > limits.max_files)
      return fail(refused({"There are more than " + std::to_string(limits.max_files) + " files (limit archive-files).",
                           "archive-files"}));
  }
  return upload;
}

/// A model alone, as the body; its name decides nothing but what its findings call it.
Result<Upload, http::Response> read_model(const Call& call, graph::Notation notation) {
  std::string name(call.parameter("name"));
  if (name.empty()) name = "model";
  std::string file = name + std::string(ending_of(notation));
  if (name.ends_with(ending_of(notation))) file = name;
  auto path = archive::safe_path(file);
  if (!path || path->find('/') != std::string::npos) path = "model" + std::string(ending_of(notation));
  return Upload{name, {{*path, std::string(call.request.body)}}};
}

Result<Upload, http::Response> read_upload(Api& api, const Call& call) {
  const std::string type = http::media_type(call.request.header("Content-Type"));
  if (type == "multipart/form-data") return read_multipart(call, api.options().archive);
  // What calls itself XML and is none of the notations is told so by the compiler, as one that is broken is.
  if (type.ends_with("xml"))
    return read_model(call, notations::recognise(call.request.body).value_or(graph::Notation::bpmn));
  auto files = archive::read_zip(call.request.body, api.options().archive);
  if (!files) return fail(refused(files.error()));
  return Upload{"", std::move(files).value()};
}

}  // namespace

http::Response create(Api& api, const Call& call) {
  auto upload = read_upload(api, call);
  if (!upload) return upload.error();
  if (auto name = call.parameter("name"); !name.empty()) upload->name = name;
  if (upload->name.empty()) upload->name = "deployment";
  if (upload->name.size() > 200 || !is_valid_utf8(upload->name))
    return bad_request("The deployment's name must be UTF-8 of at most 200 bytes.");
  if (upload->files.empty()) return bad_request("The deployment holds no files.");
  auto deployed = api.runtime().deploy(upload->name, upload->files);
  if (!deployed) {
    const auto& refusal = deployed.error();
    if (refusal.failure) return respond(*refusal.failure);
    Problem problem{422, "deployment-refused",
                    "The deployment has errors and was not deployed; each violation says what to change."};
    problem.violations = refusal.findings;
    return respond(problem);
  }
  if (api.options().documents) api.options().documents->follow(*api.runtime().directory());
  json::Writer writer;
  write_deployment(writer, deployed->deployment, call.base_url, &deployed->warnings);
  auto response = json_response(201, writer);
  response.headers.emplace_back("Location", "/api/v1/deployments/" + std::to_string(deployed->deployment.id));
  return response;
}

http::Response list(Api& api, const Call& call) {
  auto page = page_of(call);
  if (!page) return page.error();
  auto directory = api.runtime().directory();
  const auto& all = directory->deployments;
  json::Writer writer;
  writer.begin_object().key("items").begin_array();
  auto it = page->cursor ? all.lower_bound(page->cursor) : all.end();
  std::uint32_t count = 0;
  std::int64_t last = 0;
  while (it != all.begin() && count < page->limit) {
    --it;
    write_deployment(writer, it->second, call.base_url);
    last = it->first;
    ++count;
  }
  writer.end_array();
  if (it != all.begin() && count > 0) writer.member("nextCursor", std::to_string(last));
  writer.end_object();
  return json_response(200, writer);
}

http::Response get(Api& api, const Call& call) {
  auto directory = api.runtime().directory();
  auto id = id_of(call.parameters[0]);
  auto it = id ? directory->deployments.find(*id) : directory->deployments.end();
  if (it == directory->deployments.end()) return not_found("There is no deployment '" + call.parameters[0] + "'.");
  json::Writer writer;
  write_deployment(writer, it->second, call.base_url);
  return json_response(200, writer);
}

http::Response remove(Api& api, const Call& call) {
  auto id = id_of(call.parameters[0]);
  auto cascade = call.parameter("cascade");
  if (!cascade.empty() && cascade != "true" && cascade != "false")
    return bad_request("The query parameter cascade must be true or false.");
  if (!id) return not_found("There is no deployment '" + call.parameters[0] + "'.");
  auto removed = api.runtime().undeploy(*id, cascade == "true");
  if (!removed) return respond(removed.error());
  return {204, "", "", {}, {}};
}

}  // namespace echoflow::rest::deployments

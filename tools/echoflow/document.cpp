#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "adapters/http/client.hpp"
#include "adapters/http/message.hpp"
#include "adapters/rest/json_value.hpp"
#include "bpel/outline/outline.hpp"
#include "bpel/parse/process.hpp"
#include "models/documentation/describe.hpp"
#include "models/documentation/render.hpp"
#include "models/notations/import.hpp"
#include "models/xml/limits.hpp"
#include "tools/echoflow/commands.hpp"
#include "tools/echoflow/document_watch.hpp"
#include "tools/echoflow/text_file.hpp"

namespace echoflow::tool {

namespace {

using documentation::Format;

/// Where the document goes: a file that appears when it is whole, or the standard output.
class Target {
 public:
  explicit Target(std::string file) : file_(std::move(file)) {
    if (file_ != "-") stream_.open(file_ + ".part", std::ios::binary | std::ios::trunc);
  }
  ~Target() {
    std::error_code ignored;
    if (!done_ && file_ != "-") std::filesystem::remove(file_ + ".part", ignored);
  }
  Result<void> write(std::string_view bytes) {
    if (file_ == "-") {
      if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size()) return {};
      return fail("the standard output takes no more.");
    }
    if (stream_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return {};
    return fail("'" + file_ + "' cannot be written.");
  }
  Result<void> finish() {
    done_ = true;
    if (file_ == "-") return {};
    stream_.close();
    std::error_code error;
    if (stream_) std::filesystem::rename(file_ + ".part", file_, error);
    if (!stream_ || error) return fail("'" + file_ + "' cannot be written.");
    std::fprintf(stderr, "wrote %s\n", file_.c_str());
    return {};
  }

 private:
  std::string file_;
  std::ofstream stream_;
  bool done_ = false;
};

/// The format asked for, else that of the file's name, else PDF.
Result<Format> format_of(const Settings& settings) {
  std::string name = settings.get("--format");
  const std::string output = settings.get("--output");
  if (name.empty()) {
    const auto dot = output.rfind('.');
    name = dot == std::string::npos || !documentation::format_by_name(output.substr(dot + 1)) ? "pdf"
                                                                                              : output.substr(dot + 1);
  }
  if (const auto format = documentation::format_by_name(name)) return *format;
  return fail("--format must be html, pdf or docx.");
}

std::string target_name(const Settings& settings, const std::string& stem, Format format) {
  if (const auto output = settings.get("--output"); !output.empty()) return output;
  return stem + "." + std::string(documentation::extension(format));
}

struct Model {
  std::string bytes;
  graph::ProcessGraph graph;
};

/// The graph of a BPEL file by its outline, of any other notation by its import.
graph::ProcessGraph graph_of(const std::string& name, const std::string& bytes, Diagnostics& findings) {
  if (notations::recognise(bytes)) {
    auto imported = notations::import_model(bytes, name);
    findings = std::move(imported.findings);
    return std::move(imported.graph);
  }
  const source::SourceSet sources{{{name, bytes}}};
  const auto parsed = parse::parse_process(name, sources, findings);
  return parsed.document ? outline::outline(parsed) : graph::ProcessGraph{};
}

Result<Model> read_model(const std::string& file) {
  auto bytes = read_text_file(file, xml::Limits{}.max_bytes);
  if (!bytes) return fail(bytes.error().message);
  Model model;
  Diagnostics findings;
  model.graph = graph_of(std::filesystem::path(file).filename().string(), *bytes, findings);
  if (model.graph.containers.empty()) {
    for (const auto& finding : findings) std::fprintf(stderr, "%s\n", to_string(finding).c_str());
    return fail("'" + file + "' holds no process that could be described.");
  }
  model.bytes = std::move(*bytes);
  return model;
}

Result<TimePoint> date_of(const Settings& settings) {
  if (const auto date = settings.get("--date"); !date.empty()) {
    auto time = parse_deadline(date);
    if (!time) return fail("--date must be a time as 2026-12-01T09:00:00Z.");
    return *time;
  }
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return TimePoint{std::chrono::duration_cast<std::chrono::microseconds>(now).count()};
}

/// What may be said of a document without a register: never that it is released.
documentation::Control control_of(const Settings& settings) {
  documentation::Control control;
  control.number = settings.get("--number");
  control.version = settings.get("--document-version");
  control.owner = settings.get("--owner");
  control.status = documentation::Status::in_work;
  return control;
}

int of_file(const Settings& settings, const std::string& file, Format format) {
  auto model = read_model(file);
  if (!model) return complain(model.error().message);
  auto date = date_of(settings);
  if (!date) return complain(date.error().message);
  const std::string language = settings.get("--lang");
  documentation::DocumentOptions options;
  options.language = language;
  options.source_name = std::filesystem::path(file).filename().string();
  options.source = std::move(model->bytes);
  options.process = settings.get("--process");
  options.iso_9001 = settings.get("--iso-9001");
  options.made_at = *date;
  options.findings = analysis::analyse(model->graph, {language}).findings;
  options.checked = true;
  if (!options.process.empty() && model->graph.find_container(options.process) == graph::none)
    return complain("'" + file + "' has no process '" + options.process + "'.");
  std::optional<Model> before;
  if (const auto previous = settings.get("--previous"); !previous.empty()) {
    auto read = read_model(previous);
    if (!read) return complain(read.error().message);
    before = std::move(*read);
    options.previous = &before->graph;
    options.previous_version = std::filesystem::path(previous).filename().string();
  }
  const auto control = control_of(settings);
  const auto document = documentation::describe(model->graph, options, nullptr, &control);
  Target target(target_name(settings, std::filesystem::path(file).stem().string(), format));
  auto written = documentation::write(format, document, [&](std::string_view bytes) { return target.write(bytes); });
  if (written.ok()) written = target.finish();
  return written.ok() ? fine : complain(written.error().message);
}

http::ClientRequest request_to(const Settings& settings, const std::string& path) {
  std::string server = settings.get("--server");
  while (server.ends_with('/')) server.pop_back();
  http::ClientRequest request;
  request.method = "GET";
  request.url = server + "/api/v1/process-definitions" + path;
  if (auto token = settings.get("--token"); !token.empty())
    request.headers.emplace_back("Authorization", "Bearer " + token);
  request.timeout = std::chrono::minutes(10);
  request.max_answer_bytes = 512u << 20;
  return request;
}

/// A process definition's id as it is; of a key ("{namespace}name") the newest version's.
Result<std::string> definition_id(const Settings& settings, const std::string& deployed) {
  if (deployed.find_first_not_of("0123456789") == std::string::npos) return deployed;
  http::Client client;
  auto answer = client.send(request_to(settings, "?key=" + http::percent_encoded(deployed)));
  if (!answer) return fail(answer.error().message + " Is a server running there?");
  const auto body = json::parse(answer->body);
  const auto* items = body ? body->find("items") : nullptr;
  if (answer->status != 200 || !items)
    return fail("the server answered " + std::to_string(answer->status) + " when asked for its processes.");
  if (items->items.empty())
    return fail("'" + deployed +
                "' is neither a file nor a process of the server. Say a model file, a process definition's id, or its "
                "key as {namespace}name.");
  const auto* id = items->items.front().find("id");
  return id ? id->text : std::string();
}

int of_server(const Settings& settings, const std::string& deployed, Format format) {
  auto id = definition_id(settings, deployed);
  if (!id) return complain(id.error().message);
  const std::string query = "?format=" + std::string(documentation::extension(format)) +
                            "&lang=" + settings.get("--lang") + "&iso9001=" + settings.get("--iso-9001");
  http::Client client;
  DocumentWatch watch(*id, [&](const std::string& path) { return request_to(settings, path); });
  auto answer = client.send(request_to(settings, "/" + *id + "/documentation" + query + watch.query()));
  watch.stop(answer && answer->status == 200);
  if (!answer) return complain(answer.error().message + " Is a server running there?");
  if (answer->status != 200) {
    const auto body = json::parse(answer->body);
    const auto* detail = body ? body->find("detail") : nullptr;
    return complain("the server refused: " + std::to_string(answer->status) + " " + (detail ? detail->text : ""));
  }
  Target target(target_name(settings, "process-" + *id, format));
  auto written = target.write(answer->body);
  if (written.ok()) written = target.finish();
  return written.ok() ? fine : complain(written.error().message);
}

}  // namespace

int document(const Settings& settings) {
  if (settings.arguments().size() != 1)
    return complain("document needs one model file or deployed process. See echoflow document --help.");
  const auto format = format_of(settings);
  if (!format) return complain(format.error().message);
  if (settings.get("--lang") != "de" && settings.get("--lang") != "en") return complain("--lang must be de or en.");
  if (settings.get("--iso-9001") != "2015" && settings.get("--iso-9001") != "2026")
    return complain("--iso-9001 must be 2015 or 2026.");
  const std::string& what = settings.arguments().front();
  std::error_code error;
  if (std::filesystem::exists(what, error)) return of_file(settings, what, *format);
  if (what.find('/') != std::string::npos && !what.starts_with('{')) return complain("'" + what + "' does not exist.");
  return of_server(settings, what, *format);
}

}  // namespace echoflow::tool

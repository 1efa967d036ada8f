#include <cstdio>
#include <filesystem>

#include "adapters/json/writer.hpp"
#include "adapters/rest/problem.hpp"
#include "models/notations/loss_report.hpp"
#include "models/xml/limits.hpp"
#include "tools/echoflow/commands.hpp"
#include "tools/echoflow/models.hpp"
#include "tools/echoflow/text_file.hpp"

namespace echoflow::tool {

namespace {

void write_counts(json::Writer& writer, const notations::LossCounts& counts) {
  writer.member("kept", static_cast<std::int64_t>(counts.kept))
      .member("changed", static_cast<std::int64_t>(counts.changed))
      .member("leftOut", static_cast<std::int64_t>(counts.left_out));
}

void write_losses(json::Writer& writer, const std::vector<graph::Loss>& report) {
  const auto summary = notations::summarise(report);
  writer.key("counts").begin_object();
  write_counts(writer, summary.total);
  writer.end_object().key("elements").begin_array();
  for (const auto& [element, counts] : summary.by_element) {
    writer.begin_object().member("type", element);
    write_counts(writer, counts);
    writer.end_object();
  }
  writer.end_array().key("losses").begin_array();
  for (const auto& loss : report) {
    if (loss.kind == graph::LossKind::kept) continue;
    writer.begin_object()
        .member("kind", loss.kind == graph::LossKind::changed ? "changed" : "leftOut")
        .member("id", loss.id)
        .member("type", loss.element)
        .member("what", loss.what)
        .member("file", loss.where.file)
        .member("line", static_cast<std::int64_t>(loss.where.line))
        .end_object();
  }
  writer.end_array();
}

std::string as_json(const TranslatedModel& model, const std::vector<std::string>& written) {
  json::Writer writer;
  writer.begin_object().key("files").begin_array();
  for (const auto& file : written) writer.string(file);
  writer.end_array();
  write_losses(writer, model.report);
  rest::write_findings(writer, "violations", model.findings);
  writer.end_object();
  return writer.text();
}

/// Writes the generated files into the folder and tells their names.
Result<std::vector<std::string>> write_files(const TranslatedModel& model, const std::string& folder) {
  std::vector<std::string> written;
  for (const auto& [path, content] : model.generated) {
    const auto name = std::filesystem::path(folder) / path.substr(model.file.size() + 1);
    std::error_code error;
    std::filesystem::create_directories(name.parent_path(), error);
    if (error) return fail("The folder '" + name.parent_path().string() + "' cannot be made: " + error.message());
    if (auto done = write_text_file(name.string(), content); !done) return fail(done.error());
    written.push_back(name.string());
  }
  return written;
}

}  // namespace

int import_model(const Settings& settings) {
  if (settings.arguments().size() != 1) return complain("import needs one model. See echoflow import --help.");
  const auto& file = settings.arguments().front();
  const auto content = read_text_file(file, xml::Limits{}.max_bytes);
  if (!content) return complain(content.error().message);
  const auto model = translate(file, *content);
  std::vector<std::string> written;
  if (const auto folder = settings.get("--output"); !folder.empty()) {
    auto done = write_files(model, folder);
    if (!done) return complain(done.error().message);
    written = std::move(*done);
  }
  if (settings.on("--json")) {
    std::printf("%s\n", as_json(model, written).c_str());
  } else {
    std::printf("%s", notations::to_text(model.report).c_str());
    for (const auto& finding : model.findings) std::printf("%s\n", to_string(finding).c_str());
    for (const auto& name : written) std::printf("wrote %s\n", name.c_str());
  }
  return has_errors(model.findings) ? findings : fine;
}

}  // namespace echoflow::tool

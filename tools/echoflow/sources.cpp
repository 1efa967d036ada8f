#include "tools/echoflow/sources.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/archive/zip.hpp"
#include "bpel/source/folder.hpp"
#include "bpel/source/process_file.hpp"
#include "models/xml/limits.hpp"
#include "tools/echoflow/text_file.hpp"

namespace echoflow::tool {

namespace {

Result<Sources> read_archive(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in) return fail("'" + path.string() + "' cannot be read.");
  auto files = archive::read_zip(bytes.str());
  if (!files) return fail("'" + path.string() + "': " + files.error().message);
  return Sources{std::move(files).value(), path.stem().string(), ""};
}

bool is_model_name(const std::string& ending) {
  return ending == ".bpmn" || ending == ".epml" || ending == ".aml" || ending == ".xml";
}

Result<Sources> read_model(const std::filesystem::path& path) {
  auto content = read_text_file(path.string(), xml::Limits{}.max_bytes);
  if (!content) return fail(content.error());
  const std::string file = path.filename().string();
  auto folder = path.parent_path().string();
  if (!folder.empty() && !folder.ends_with('/')) folder += '/';
  return Sources{{{file, std::move(*content)}}, path.stem().string(), folder};
}

std::string as_prefix(const std::string& folder) {
  return folder.empty() || folder == "." || folder.ends_with('/') ? (folder == "." ? "" : folder) : folder + "/";
}

}  // namespace

Result<Sources> read_sources(const std::string& name) {
  std::error_code error;
  std::filesystem::path path(name);
  auto status = std::filesystem::status(path, error);
  if (error || !std::filesystem::exists(status)) return fail("'" + name + "' does not exist.");
  if (std::filesystem::is_directory(status)) {
    auto sources = source::read_folder(name);
    if (!sources) return fail(sources.error());
    auto plain = std::filesystem::weakly_canonical(path, error);
    return Sources{std::move(sources->files), plain.filename().string(), as_prefix(name)};
  }
  if (path.extension() == ".zip") return read_archive(path);
  if (is_model_name(path.extension().string())) return read_model(path);
  if (path.extension() != ".bpel")
    return fail("'" + name + "' is no .bpel file, model (.bpmn, .epml, .xml of ARIS), folder or .zip archive.");
  auto process = source::read_process_file(name);
  if (!process) return fail(process.error());
  return Sources{std::move(process->sources.files), path.stem().string(), as_prefix(process->folder)};
}

}  // namespace echoflow::tool

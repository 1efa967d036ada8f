#include "tools/echoflow/read_model.hpp"

#include "bpel/outline/outline.hpp"
#include "bpel/parse/process.hpp"
#include "bpel/source/source_set.hpp"
#include "models/notations/import.hpp"

namespace echoflow::tool {

graph::Imported read_model(const std::string& bytes, const std::string& file) {
  if (!file.ends_with(".bpel")) return notations::import_model(bytes, file);
  graph::Imported imported;
  source::SourceSet sources;
  sources.files[file] = bytes;
  const auto process = parse::parse_process(file, sources, imported.findings);
  if (!has_errors(imported.findings)) imported.graph = outline::outline(process);
  return imported;
}

}  // namespace echoflow::tool

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>

#include "adapters/json/writer.hpp"
#include "models/analysis/analysis.hpp"
#include "models/graph/process_graph.hpp"
#include "models/xml/limits.hpp"
#include "tools/echoflow/commands.hpp"
#include "tools/echoflow/read_model.hpp"
#include "tools/echoflow/text_file.hpp"

namespace echoflow::tool {

namespace {

constexpr std::string_view endings[] = {".bpmn", ".bpmn2", ".xml", ".aml", ".epml", ".bpel"};
constexpr std::string_view notation_names[] = {"bpel", "bpmn", "aml", "epml"};

struct Analysed {
  std::string file;
  graph::Imported model;
  analysis::Analysis analysis;
};

/// The models that are named, and those in the folders that are named, by their endings and in order.
Result<std::vector<std::string>> find_models(const std::vector<std::string>& names) {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  for (const auto& name : names) {
    std::error_code error;
    if (!fs::exists(name, error)) return fail("'" + name + "' does not exist.");
    if (!fs::is_directory(name, error)) {
      files.push_back(name);
      continue;
    }
    const auto before = files.size();
    for (fs::recursive_directory_iterator at(name, fs::directory_options::skip_permission_denied, error), end;
         !error && at != end; at.increment(error)) {
      const auto ending = at->path().extension().string();
      if (at->is_regular_file(error) && std::find(std::begin(endings), std::end(endings), ending) != std::end(endings))
        files.push_back(at->path().string());
    }
    if (error) return fail("'" + name + "' cannot be read: " + error.message() + ".");
    std::sort(files.begin() + static_cast<std::ptrdiff_t>(before), files.end());
  }
  return files;
}

/// "'Check order' → 'Pay'": names where there are some.
std::string readable(const graph::ProcessGraph& graph, const std::vector<std::string>& witness,
                     const std::string& language) {
  std::map<std::string, graph::FlowIndex, std::less<>> flows;
  for (graph::FlowIndex f = 0; f < graph.flow_count(); ++f) flows.emplace(graph.flow(f).id, f);
  std::string out;
  for (const auto& id : witness) {
    std::string word = id;
    if (const auto n = graph.find(id); n != graph::none) {
      const auto name = graph.node(n).name.in(language);
      if (!name.empty()) word = name;
      if (!out.empty()) out += " → ";
      out += word;
      continue;
    }
    if (const auto f = flows.find(id); f != flows.end()) {
      const auto name = graph.flow(f->second).name.in(language);
      if (!name.empty()) word = name;
    }
    out += " [" + word + "]";
  }
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

void print_text(const Analysed& analysed, const std::string& language) {
  for (const auto& finding : analysed.model.findings) std::printf("%s\n", to_string(finding).c_str());
  const bool german = language == "de";
  for (const auto& finding : analysed.analysis.findings) {
    std::printf("%s:%u:%u: %s: %s %s\n", analysed.file.c_str(), finding.where.line, finding.where.column,
                std::string(analysis::to_string(finding.level)).c_str(), finding.rule.c_str(),
                finding.sentence.c_str());
    if (!finding.witness.empty())
      std::printf("    %s %s\n",
                  german ? "so:" : "shown by:", readable(analysed.model.graph, finding.witness, language).c_str());
  }
}

void write_ids(json::Writer& to, std::string_view key, const std::vector<std::string>& ids) {
  to.key(key).begin_array();
  for (const auto& id : ids) to.string(id);
  to.end_array();
}

void write_json(json::Writer& to, const Analysed& analysed) {
  to.begin_object().member("file", analysed.file);
  to.member("notation", notation_names[static_cast<std::size_t>(analysed.model.graph.notation)]);
  to.member("nodes", static_cast<std::int64_t>(analysed.model.graph.node_count()));
  to.member("fragments", static_cast<std::int64_t>(analysed.analysis.fragments));
  to.member("searched", static_cast<std::int64_t>(analysed.analysis.searched));
  to.member("states", static_cast<std::int64_t>(analysed.analysis.states));
  to.key("violations").begin_array();
  for (const auto& finding : analysed.model.findings)
    to.begin_object()
        .member("rule", finding.rule)
        .member("severity", finding.severity == Severity::error ? "error" : "warning")
        .member("message", finding.message)
        .member("line", static_cast<std::int64_t>(finding.where.line))
        .member("column", static_cast<std::int64_t>(finding.where.column))
        .end_object();
  to.end_array().key("findings").begin_array();
  for (const auto& finding : analysed.analysis.findings) {
    to.begin_object().member("rule", finding.rule).member("level", analysis::to_string(finding.level));
    to.member("sentence", finding.sentence).member("certain", finding.certain);
    to.member("line", static_cast<std::int64_t>(finding.where.line));
    to.member("column", static_cast<std::int64_t>(finding.where.column));
    write_ids(to, "elements", finding.elements);
    write_ids(to, "witness", finding.witness);
    to.end_object();
  }
  to.end_array().end_object();
}

bool is_wrong(const Analysed& analysed) {
  return has_errors(analysed.model.findings) ||
         std::any_of(analysed.analysis.findings.begin(), analysed.analysis.findings.end(),
                     [](const auto& finding) { return finding.level == analysis::Level::error; });
}

}  // namespace

int analyse(const Settings& settings) {
  if (settings.arguments().empty()) return complain("analyse needs a model or a folder. See echoflow analyse --help.");
  analysis::Options options;
  options.language = settings.get("--lang");
  if (options.language != "en" && options.language != "de") return complain("--lang must be de or en.");
  options.style = !settings.on("--no-style");
  const auto files = find_models(settings.arguments());
  if (!files) return complain(files.error().message);
  const bool as_json = settings.on("--json");
  json::Writer writer;
  writer.begin_object().key("models").begin_array();
  bool wrong = false;
  for (const auto& file : *files) {
    const auto bytes = read_text_file(file, xml::Limits{}.max_bytes);
    if (!bytes) return complain(bytes.error().message);
    Analysed analysed{file, read_model(*bytes, file), {}};
    analysed.analysis = analysis::analyse(analysed.model.graph, options);
    wrong = wrong || is_wrong(analysed);
    if (as_json)
      write_json(writer, analysed);
    else
      print_text(analysed, options.language);
  }
  writer.end_array().end_object();
  if (as_json) std::printf("%s\n", writer.text().c_str());
  return wrong ? findings : fine;
}

}  // namespace echoflow::tool

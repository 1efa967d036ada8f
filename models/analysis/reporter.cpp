#include "models/analysis/reporter.hpp"

#include <algorithm>

namespace echoflow::analysis {
namespace {

constexpr std::size_t most_named = 3;
constexpr std::size_t most_elements = 50;

struct Words {
  std::string_view en, de;
};
constexpr Words gateway_words[] = {{"the exclusive gateway", "das exklusive Gateway"},
                                   {"the inclusive gateway", "das inklusive Gateway"},
                                   {"the parallel gateway", "das parallele Gateway"},
                                   {"the event-based gateway", "das ereignisbasierte Gateway"},
                                   {"the complex gateway", "das komplexe Gateway"}};
constexpr Words event_words[] = {{"the start event", "das Startereignis"},
                                 {"the intermediate event", "das Zwischenereignis"},
                                 {"the intermediate event", "das Zwischenereignis"},
                                 {"the boundary event", "das angeheftete Ereignis"},
                                 {"the end event", "das Endereignis"}};

Words kind_of(const graph::Node& node) {
  if (const auto* gateway = node.as<graph::Gateway>()) return gateway_words[static_cast<std::size_t>(gateway->kind)];
  if (const auto* event = node.as<graph::Event>()) return event_words[static_cast<std::size_t>(event->position)];
  if (node.as<graph::Activity>()) return {"the activity", "die Aktivität"};
  return {"the element", "das Element"};
}

const Rule& rule_of(std::string_view id) {
  const auto& all = rules();
  return *std::find_if(all.begin(), all.end(), [&](const Rule& rule) { return rule.id == id; });
}

/// The text with {0}, {1} … replaced; its first letter a capital.
std::string filled(std::string_view text, const std::vector<std::string>& words) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}') {
      const auto at = static_cast<std::size_t>(text[i + 1] - '0');
      if (at < words.size()) out += words[at];
      i += 2;
    } else {
      out += text[i];
    }
  }
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

}  // namespace

Reporter::Reporter(const graph::ProcessGraph& graph, const Options& options, Analysis& out)
    : graph_(graph), language_(options.language), german_(options.language.starts_with("de")), out_(out) {}

void Reporter::add(Report report) {
  const auto& rule = rule_of(report.rule);
  Finding finding;
  finding.rule = rule.id;
  finding.level = rule.level;
  for (const auto n : report.nodes)
    if (n != none && finding.elements.size() < most_elements) finding.elements.push_back(graph_.node(n).id);
  if (!report.nodes.empty() && report.nodes[0] != none) finding.where = graph_.node(report.nodes[0]).where;
  if (report.words.empty())
    for (const auto n : report.nodes) report.words.push_back(name(n));
  finding.sentence = filled(german_ ? rule.text_de : rule.text_en, report.words);
  finding.witness = std::move(report.witness);
  finding.certain = report.certain;
  out_.findings.push_back(std::move(finding));
}

std::string Reporter::quoted(std::string_view text) const {
  std::string flat;
  for (const char c : text) {
    const bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
    if (!blank)
      flat += c;
    else if (!flat.empty() && flat.back() != ' ')
      flat += ' ';
  }
  return german_ ? "„" + flat + "“" : "'" + flat + "'";
}

std::string Reporter::name(NodeIndex n) const {
  if (n == none) return german_ ? "dem Start" : "the start";
  const auto& node = graph_.node(n);
  const auto text = node.name.in(language_);
  if (!text.empty()) return quoted(text);
  const auto kind = kind_of(node);
  std::string out(german_ ? kind.de : kind.en);
  return out += " " + node.id;
}

std::string Reporter::name(VertexIndex vertex, const View& view) const {
  if (vertex == view.flow.sink) return german_ ? "dem Ende" : "the end";
  return name(view.flow.vertices[vertex].node);
}

std::string Reporter::name_of_container(graph::ContainerIndex container) const {
  const auto& of = graph_.containers[container];
  auto text = of.name.in(language_);
  if (text.empty() && of.owner != none) text = graph_.node(of.owner).name.in(language_);
  return quoted(text.empty() ? std::string_view(of.id) : text);
}

std::string Reporter::list(const std::vector<NodeIndex>& nodes) const {
  std::string out;
  const auto named = std::min(nodes.size(), most_named);
  for (std::size_t i = 0; i < named; ++i) {
    if (i > 0) out += i + 1 == nodes.size() ? (german_ ? " und " : " and ") : ", ";
    out += name(nodes[i]);
  }
  if (nodes.size() > named) {
    out += german_ ? " und " : " and ";
    out += std::to_string(nodes.size() - named);
    out += german_ ? " weitere" : " more";
  }
  return out;
}

}  // namespace echoflow::analysis

#include "bpel/generate/content/texts.hpp"

#include <algorithm>
#include <cctype>

#include "bpel/generate/content/loops.hpp"

namespace echoflow::generate {

namespace {

constexpr std::string_view verbs[] = {"INCREMENT", "DECREMENT", "SET", "LOG", "THROW"};

bool is_word_letter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

bool says(std::string_view language, std::string_view part) {
  return lower(language).find(part) != std::string::npos;
}

void visit_collections(const Collections& collections, graph::ContainerIndex where, const ExpressionVisitor& visit) {
  if (collections.input) visit(*collections.input, ValueType::list, where);
  if (collections.output) visit(*collections.output, ValueType::unknown, where);
}

void visit_loop(const graph::Loop& loop, graph::ContainerIndex where, const ExpressionVisitor& visit) {
  if (loop.condition) visit(*loop.condition, ValueType::truth, where);
  if (loop.maximum) visit(*loop.maximum, ValueType::number, where);
  if (loop.cardinality) visit(*loop.cardinality, ValueType::number, where);
  if (loop.completion) visit(*loop.completion, ValueType::truth, where);
  for (const auto& complex : loop.complex) visit(complex.condition, ValueType::truth, where);
}

void visit_event(const graph::Event& event, graph::ContainerIndex where, const ExpressionVisitor& visit) {
  for (const auto& definition : event.definitions) {
    if (!definition.expression) continue;
    const bool condition = definition.type == graph::EventType::conditional;
    // A timer's text is mostly a duration, which names no variable.
    const Text text{Language::small, trimmed(definition.expression->text)};
    const bool wrapped = text.text.starts_with("${") || text.text.starts_with("#{");
    if (condition || wrapped) visit(*definition.expression, condition ? ValueType::truth : ValueType::text, where);
  }
}

}  // namespace

std::string trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

Text text_of(const graph::ProcessGraph& graph, const graph::Expression& expression) {
  std::string text = trimmed(expression.text);
  const std::string& language = expression.language.empty() ? graph.expression_language : expression.language;
  const bool feel = says(language, "feel");
  const bool wrapped = (text.starts_with("${") || text.starts_with("#{")) && text.ends_with("}");
  if (wrapped) return {Language::small, trimmed(std::string_view(text).substr(2, text.size() - 3)), feel};
  if (text.starts_with("=") && !text.starts_with("==")) return {Language::small, trimmed(text.substr(1)), true};
  const bool names_like_xpath = text.find('$') != std::string::npos;
  const auto readable = [&] { return parse_expression(text) || parse_expression(text, {feel, spoken_names(graph)}); };
  if (says(language, "xpath") && !text.empty() && (names_like_xpath || !readable())) return {Language::xpath, text};
  if (language.empty() && names_like_xpath) return {Language::xpath, text};
  return {Language::small, text, feel};
}

ScriptKind script_kind(std::string_view script) {
  const std::string text = trimmed(script);
  if (text.empty()) return ScriptKind::nothing;
  const bool word = std::all_of(text.begin(), text.end(), is_word_letter) &&
                    std::isdigit(static_cast<unsigned char>(text.front())) == 0 && text.front() != '-';
  return word ? ScriptKind::mark : ScriptKind::assignments;
}

std::vector<MarkEffect> effects_of(std::string_view mark) {
  constexpr std::string_view both = "_AND_";
  std::vector<MarkEffect> effects;
  while (!mark.empty()) {
    const auto end = std::min(mark.find(both), mark.size());
    const std::string_view part = mark.substr(0, end);
    mark.remove_prefix(std::min(end + both.size(), mark.size()));
    const auto cut = std::min(part.find('_'), part.size());
    const std::string_view verb = part.substr(0, cut);
    const bool known = std::find(std::begin(verbs), std::end(verbs), verb) != std::end(verbs);
    if (known && cut + 1 < part.size()) effects.push_back({std::string(verb), std::string(part.substr(cut + 1))});
  }
  return effects;
}

void for_each_expression(const graph::ProcessGraph& graph, const ExpressionVisitor& visit) {
  for (graph::FlowIndex f = 0; f < graph.flow_count(); ++f) {
    const auto where = graph.node(graph.source(f)).container;
    if (graph.flow(f).condition) visit(*graph.flow(f).condition, ValueType::truth, where);
  }
  for (NodeIndex n = 0; n < graph.node_count(); ++n) {
    const graph::Node& node = graph.node(n);
    if (const auto* activity = node.as<graph::Activity>()) {
      visit_loop(activity->loop, node.container, visit);
      visit_collections(collections_of(graph, n), node.container, visit);
      if (activity->completion) visit(*activity->completion, ValueType::truth, node.container);
    }
    if (const auto* event = node.as<graph::Event>()) visit_event(*event, node.container, visit);
  }
  for (const graph::Relation& relation : graph.relations) {
    if (relation.from == graph::none) continue;
    const auto where = graph.node(relation.from).container;
    if (relation.transformation) visit(*relation.transformation, ValueType::unknown, where);
    for (const auto& assignment : relation.assignments) visit(assignment.first, ValueType::unknown, where);
  }
}

void for_each_script(const graph::ProcessGraph& graph,
                     const std::function<void(const graph::Expression&, graph::ContainerIndex)>& visit) {
  for (NodeIndex n = 0; n < graph.node_count(); ++n) {
    const graph::Node& node = graph.node(n);
    const auto* activity = node.as<graph::Activity>();
    if (!activity) continue;
    if (activity->script) visit(*activity->script, node.container);
    const auto called = graph.definitions.find(activity->called);
    if (called != graph.definitions.end() && called->second.task && called->second.task->script)
      visit(*called->second.task->script, node.container);
  }
}

std::vector<XPathVariable> xpath_variables(std::string_view text) {
  std::vector<XPathVariable> found;
  for (auto at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    std::size_t end = at + 1;
    while (end < text.size() && (is_word_letter(text[end]) || static_cast<unsigned char>(text[end]) >= 0x80)) ++end;
    const bool parts = end < text.size() && (text[end] == '/' || text[end] == '[');
    if (end > at + 1) found.push_back({std::string(text.substr(at + 1, end - at - 1)), parts});
  }
  return found;
}

std::vector<std::string> spoken_names(const graph::ProcessGraph& graph) {
  std::vector<std::string> names;
  for (NodeIndex n = 0; n < graph.node_count(); ++n) {
    if (!graph.node(n).as<graph::Data>()) continue;
    const std::string name(graph.node(n).name.in(""));
    const bool word = std::all_of(name.begin(), name.end(), [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || (static_cast<unsigned char>(c) & 0x80) != 0;
    });
    if (!word) names.push_back(name);
  }
  return names;
}

}  // namespace echoflow::generate

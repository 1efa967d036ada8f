#include <algorithm>
#include <charconv>

#include "bpel/generate/content/model_content.hpp"
#include "models/base/number_text.hpp"
#include "models/base/time.hpp"

namespace echoflow::generate {

namespace {

bool begins_name(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

std::size_t name_end(std::string_view text, std::size_t at) {
  if (at >= text.size() || !begins_name(text[at])) return at;
  while (at < text.size() && (begins_name(text[at]) || std::isdigit(static_cast<unsigned char>(text[at])) ||
                              text[at] == '-' || text[at] == '.'))
    ++at;
  return at;
}

/// Where a prefix of an element or attribute ends, with its colon; `at` where there is none. Functions keep theirs.
std::size_t prefix_end(std::string_view text, std::size_t at) {
  const std::size_t colon = name_end(text, at);
  if (colon == at || colon + 1 >= text.size() || text[colon] != ':' || text[colon + 1] == ':') return at;
  std::size_t end = text[colon + 1] == '*' ? colon + 2 : name_end(text, colon + 1);
  while (end < text.size() && text[end] == ' ') ++end;
  return end < text.size() && text[end] == '(' ? at : colon + 1;
}

/// The model's variables as the process reads them; what they hold has no namespaces.
std::string with_own_names(std::string_view text, const KnownVariables& known) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    const bool variable = c == '$';
    std::size_t end = at + 1;
    if (c == '"' || c == '\'') {
      end = std::min(text.find(c, at + 1), text.size() - 1) + 1;
    } else if (variable || begins_name(c)) {
      const std::size_t begin = variable ? at + 1 : prefix_end(text, at);
      end = std::max(end, name_end(text, begin));
      const auto found = variable ? known.find(text.substr(begin, end - begin)) : known.end();
      out += found != known.end() ? found->second.xpath
                                  : std::string(text.substr(variable ? at : begin, end - (variable ? at : begin)));
      at = end;
      continue;
    }
    out += text.substr(at, end - at);
    at = end;
  }
  return out;
}

/// BPMN 2.0 §10.4.2: XPath functions that read data; here its variables.
std::string with_variables(std::string_view written, const KnownVariables& known) {
  std::string text = with_own_names(written, known);
  for (const std::string_view function : {"getDataObject", "getDataInput", "getDataOutput", "getProcessProperty"}) {
    for (auto at = text.find(function); at != std::string::npos; at = text.find(function, at)) {
      const auto open = text.find('(', at);
      const auto close = text.find(')', at);
      if (open == std::string::npos || close == std::string::npos || close < open + 3) break;
      const std::string name = trimmed(std::string_view(text).substr(open + 1, close - open - 1));
      const auto found = known.find(std::string_view(name).substr(1, name.size() - 2));
      if (found == known.end()) break;
      auto begin = at;
      while (begin > 0 && (std::isalnum(static_cast<unsigned char>(text[begin - 1])) || text[begin - 1] == ':'))
        --begin;
      text.replace(begin, close + 1 - begin, found->second.xpath);
      at = begin;
    }
  }
  return text;
}

/// R4/PT1S: how often, and how long in between.
struct Cycle {
  std::optional<int> times;
  std::string duration;
};
std::optional<Cycle> read_cycle(const std::string& text) {
  if (text.empty() || text.front() != 'R') return std::nullopt;
  const auto slash = text.find('/');
  if (slash == std::string::npos) return std::nullopt;
  Cycle cycle;
  cycle.duration = text.substr(text.rfind('/') + 1);
  // A repetition with a begin, R3/2030-01-01T00:00:00Z/PT1H, is none that a process can wait for.
  if (text.rfind('/') != slash || !parse_duration(cycle.duration)) return std::nullopt;
  if (slash == 1) return cycle;
  int times = 0;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + slash, times);
  if (error != std::errc{} || end != text.data() + slash) return std::nullopt;
  cycle.times = times;
  return cycle;
}

}  // namespace

/// Inside of a loop the tools' words for its instances are variables, too.
KnownVariables ModelContent::known(ContainerIndex where, bool given) {
  KnownVariables known = variables_.known(where);
  if (given)
    for (auto& [name, variable] : known) variable.xpath = "cx:given(" + variable.xpath + ")";
  if (loops_.empty() || loops_.back().done.empty()) return known;
  const Loop& loop = loops_.back();
  known["nrOfInstances"] = {loop.count, ValueType::number};
  known["nrOfCompletedInstances"] = {loop.done, ValueType::number};
  const bool parallel = graph_.node(loop.node).as<graph::Activity>()->loop.kind == graph::LoopKind::multi_parallel;
  known["nrOfActiveInstances"] = {parallel ? "(" + loop.count + " - " + loop.done + ")" : "1", ValueType::number};
  return known;
}

std::optional<std::string> ModelContent::xpath(const graph::Expression& expression, ContainerIndex where,
                                               ValueType wanted, const std::string& element, bool given) {
  const Text text = text_of(graph_, expression);
  const KnownVariables known = this->known(where, given);
  if (text.language == Language::xpath) return with_variables(text.text, known);
  if (text.text.empty()) {
    refuse(element, expression.where, "its expression is empty: write one");
    return std::nullopt;
  }
  const auto syntax = parse_expression(text.text, variables_.dialect(text));
  if (!syntax) {
    refuse(element, expression.where,
           "its expression '" + text.text + "' cannot be translated: " + syntax.error().message +
               "; docs/expressions.md lists what can be said");
    return std::nullopt;
  }
  auto translated = to_xpath(*syntax, known, wanted);
  if (translated) return std::move(*translated);
  refuse(element, expression.where, "its expression '" + text.text + "': " + translated.error().message);
  return std::nullopt;
}

std::optional<std::string> ModelContent::condition(const graph::Expression& expression, ContainerIndex where,
                                                   const std::string& element) {
  return xpath(expression, where, ValueType::truth, element, true);
}

std::optional<std::string> ModelContent::number(const graph::Expression& expression, ContainerIndex where,
                                                const std::string& element) {
  return xpath(expression, where, ValueType::number, element);
}

/// The duration or point in time of a timer, as XPath.
std::optional<std::string> ModelContent::time_text(const graph::EventDefinition& event, NodeIndex node) {
  const graph::Node& it = graph_.node(node);
  if (!event.expression) {
    refuse(node, "its timer says no time: give it a duration, a date or a cycle");
    return std::nullopt;
  }
  const std::string text = trimmed(event.expression->text);
  switch (event.timer) {
    case graph::TimerKind::duration:
    case graph::TimerKind::none:
      if (parse_duration(text)) return xpath_literal(text);
      break;
    case graph::TimerKind::date:
      if (!text.empty() && std::isdigit(static_cast<unsigned char>(text.front()))) return xpath_literal(text);
      break;
    case graph::TimerKind::cycle:
      if (const auto cycle = read_cycle(text)) return xpath_literal(cycle->duration);
      refuse(it.id, event.expression->where,
             "its cycle '" + text + "' is not understood: write R<times>/<duration>, such as R3/PT10M");
      return std::nullopt;
  }
  return xpath(*event.expression, it.container, ValueType::text, it.id);
}

std::optional<std::pair<int, std::string>> ModelContent::cycle(NodeIndex, const graph::EventDefinition& event,
                                                               const std::string& counter) {
  if (event.timer != graph::TimerKind::cycle || !event.expression) return std::nullopt;
  const auto cycle = read_cycle(trimmed(event.expression->text));
  if (!cycle || !cycle->times) return std::nullopt;
  const auto duration = parse_duration(cycle->duration);
  if (!duration || duration->months != 0) return std::nullopt;
  const double seconds = static_cast<double>(duration->micros) / 1e6;
  return std::pair(*cycle->times, "concat('PT', " + counter + " * " + number_text(seconds) + ", 'S')");
}

}  // namespace echoflow::generate

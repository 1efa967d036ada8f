#include "models/notations/epc/voice.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "models/base/time.hpp"
#include "models/notations/epc/read.hpp"
#include "models/xml/escape.hpp"

namespace echoflow::epc {
namespace {

constexpr std::string_view ns_cx = "urn:echoflow:cx:1.0";
constexpr std::string_view declarations =
    " xmlns:cx=\"urn:echoflow:cx:1.0\" xmlns:htd=\"http://docs.oasis-open.org/ns/bpel4people/ws-humantask/200803\"";

constexpr std::array<std::string_view, 5> event_words = {"hears", "when", "channels", "conversation", "keep"};
constexpr std::array<std::string_view, 8> function_words = {"says",     "feedback", "visibility", "priority",
                                                            "deadline", "about",    "measure",    "script"};
/// Of <cx:kpi> as they are; its title is the object's name.
constexpr std::array<std::string_view, 23> kpi_words = {
    "name", "measure",   "from",       "to",      "fromMoment", "toMoment",   "of",         "builtIn",
    "kind", "aggregate", "percentile", "window",  "last",       "period",     "groupBy",    "calendar",
    "unit", "direction", "target",     "warning", "critical",   "hysteresis", "leastValues"};

/// What an event waits for, in BPMN's words.
struct Service {
  std::string_view name;
  graph::EventType type;
};
constexpr Service services[] = {{"feedback", graph::EventType::message},
                                {"alerts", graph::EventType::message},
                                {"thresholds", graph::EventType::conditional},
                                {"taskEvents", graph::EventType::escalation}};

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = std::min(text.find(at), text.size());
    if (const auto part = without_blanks(text.substr(0, end)); !part.empty()) parts.emplace_back(part);
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

void put_escaped(std::string& out, std::string_view text) {
  xml::append_escaped(text, xml::EscapePlace::attribute, out);
}

void put_attribute(std::string& out, std::string_view name, std::string_view value) {
  ((out += ' ') += name) += "=\"";
  put_escaped(out, value);
  out += '"';
}

graph::Attribute element(std::string_view name, std::string xml) {
  std::string expanded("{");
  ((expanded += ns_cx) += '}') += name;
  return {std::move(expanded), std::move(xml), {}};
}

std::string value_of(const std::vector<VoiceWord>& words, std::string_view word) {
  for (const auto& each : words)
    if (each.word == word) return each.value;
  return {};
}

template <class Known>
void refuse_others(const std::vector<VoiceWord>& words, const Known& known, std::string_view where, Voice& voice) {
  for (const auto& each : words) {
    if (std::find(known.begin(), known.end(), each.word) != known.end()) continue;
    std::string text = "'cx." + each.word + "' is no word of ";
    ((text += where) += "; it knows");
    for (const auto word : known) (text += word == known.front() ? " cx." : ", cx.") += word;
    voice.refused.push_back(text += '.');
  }
}

/// "priority 0", "reassign Leads", "notify Leads", "event" as an htd:escalation.
bool put_escalation(std::string& out, std::string_view action) {
  const auto blank = std::min(action.find(' '), action.size());
  const auto verb = action.substr(0, blank);
  std::string whom(without_blanks(action.substr(blank)));
  std::erase(whom, '\'');
  if (verb != "event" && whom.empty()) return false;
  const std::string group = "<htd:from>'group:" + [&] {
    std::string text;
    put_escaped(text, whom);
    return text;
  }() + "'</htd:from>";
  out += "<htd:escalation";
  const std::string name = key_name(verb == "priority" ? "P" + whom : whom);
  put_attribute(out, "name", verb == "event" ? "event" : name);
  out += '>';
  if (verb == "priority") {
    if (!number_of(whom)) return false;
    out += "<cx:raisePriority";
    put_attribute(out, "to", whom);
    out += "/>";
  } else if (verb == "reassign") {
    out += "<htd:reassignment><htd:potentialOwners>" + group + "</htd:potentialOwners></htd:reassignment>";
  } else if (verb == "notify") {
    out += "<htd:notification";
    put_attribute(out, "name", name);
    out += "><htd:peopleAssignments><htd:recipients>" + group +
           "</htd:recipients></htd:peopleAssignments></htd:notification>";
  } else if (verb == "event") {
    out += "<cx:taskEvent/>";
  } else {
    return false;
  }
  out += "</htd:escalation>";
  return true;
}

/// "finish PT4H calendar de-BY -> reassign Leads, priority 0"; `number` makes its name the only one like it.
bool put_deadline(std::string& out, std::string_view text, std::size_t number) {
  const auto arrow = std::min(text.find("->"), text.size());
  const auto words = split(text.substr(0, arrow), ' ');
  const bool begin = !words.empty() && words[0] == "start";
  if (words.size() < 2 || (!begin && words[0] != "finish") || !parse_duration(words[1])) return false;
  if (words.size() != 2 && (words.size() != 4 || words[2] != "calendar")) return false;
  const std::string_view tag = begin ? "htd:startDeadline" : "htd:completionDeadline";
  (out += '<') += tag;
  put_attribute(out, "name", words[0] + "_" + words[1] + (number == 0 ? "" : "_" + std::to_string(number + 1)));
  if (words.size() == 4) put_attribute(out, "cx:calendar", words[3]);
  out += "><htd:for>'" + words[1] + "'</htd:for>";
  if (arrow < text.size())
    for (const auto& action : split(text.substr(arrow + 2), ','))
      if (!put_escalation(out, action)) return false;
  ((out += "</") += tag) += '>';
  return true;
}

void add_task(const std::vector<VoiceWord>& words, Voice& voice) {
  const auto priority = value_of(words, "priority"), about = value_of(words, "about");
  std::string deadlines;
  std::size_t number = 0;
  for (const auto& each : words) {
    if (each.word != "deadline") continue;
    for (const auto& one : split(each.value, ';'))
      if (!put_deadline(deadlines, one, number++))
        voice.refused.push_back("The deadline '" + one +
                                "' is not understood: write 'start PT30M -> priority 0' or 'finish PT4H -> reassign "
                                "GROUP, notify GROUP, event'.");
  }
  if (priority.empty() && about.empty() && deadlines.empty()) return;
  std::string xml = "<cx:task" + std::string(declarations) + ">";
  if (!priority.empty()) {
    xml += "<htd:priority>";
    put_escaped(xml, priority);
    xml += "</htd:priority>";
  }
  if (!deadlines.empty()) xml += "<htd:deadlines>" + deadlines + "</htd:deadlines>";
  if (!about.empty()) {
    xml += "<cx:context";
    put_attribute(xml, "feedback", "$" + about);
    xml += "/>";
  }
  voice.attributes.push_back(element("task", xml += "</cx:task>"));
}

void add_says(const std::vector<VoiceWord>& words, Voice& voice) {
  const auto text = value_of(words, "says"), to = value_of(words, "feedback");
  if (text.empty()) return;
  if (to.empty())
    voice.refused.push_back(
        "'cx.says' needs 'cx.feedback: VARIABLE', the id of what the customer said, kept when it "
        "was heard.");
  std::string xml = "<cx:says" + std::string(declarations);
  put_attribute(xml, "feedback", to);
  put_attribute(xml, "text", text);
  if (const auto visibility = value_of(words, "visibility"); !visibility.empty())
    put_attribute(xml, "visibility", visibility);
  voice.attributes.push_back(element("says", xml += "/>"));
  voice.activity.emplace().kind = graph::ActivityKind::send_task;
}

/// "effort = minutes": the KPI and the expression.
void add_measures(const std::vector<VoiceWord>& words, Voice& voice) {
  for (const auto& each : words) {
    if (each.word != "measure") continue;
    const auto sign = each.value.find('=');
    if (sign == std::string::npos) {
      voice.refused.push_back("'cx.measure' of a function is 'KPI = expression', not '" + each.value + "'.");
      continue;
    }
    std::string xml = "<cx:measure" + std::string(declarations);
    put_attribute(xml, "kpi", without_blanks(std::string_view(each.value).substr(0, sign)));
    put_attribute(xml, "value", without_blanks(std::string_view(each.value).substr(sign + 1)));
    voice.attributes.push_back(element("measure", xml += "/>"));
  }
}

/// A number or a duration, as ARIS's fields may hold other words, too.
std::string runnable(const std::string& text) {
  return number_of(text) || parse_duration(text) ? text : std::string();
}

using Values = std::map<std::string, std::string, std::less<>>;

/// What the words leave out is where the KPI is drawn.
void place_kpi(const DrawnKpi& kpi, Values& values, Voice& voice) {
  const auto& measure = values["measure"];
  const bool placed = !values["from"].empty() || !values["to"].empty() || !values["of"].empty();
  if (!placed && (measure == "duration" || measure == "count")) {
    if (kpi.measured.size() > 1 || (measure == "count" && kpi.measured.empty()))
      voice.refused.push_back("It is not said what the KPI measures: draw it at one function, or give it " +
                              std::string(measure == "count" ? "cx.of." : "cx.from and cx.to."));
    else if (measure == "count")
      values["of"] = kpi.measured.front();
    else if (!kpi.measured.empty())
      values["from"] = values["to"] = kpi.measured.front();
    return;
  }
  for (const auto word : {"from", "to", "of"}) {
    auto& name = values[word];
    if (name.empty()) continue;
    const auto id = kpi.find_id(name);
    if (id.empty())
      voice.refused.push_back("The KPI's 'cx." + std::string(word) + "' names no element: '" + name + "'.");
    name = id;
  }
}

}  // namespace

std::vector<VoiceWord> voice_words(const std::vector<graph::Attribute>& attributes) {
  constexpr std::string_view mark = "cx.";
  std::vector<VoiceWord> words;
  std::map<std::string, std::string> languages;  // of each attribute, the one whose words count
  for (const auto& attribute : attributes) {
    const bool says = attribute.name.starts_with(mark) || attribute.value.find(mark) != std::string::npos;
    if (!says || languages.emplace(attribute.name, attribute.language).first->second != attribute.language) continue;
    if (attribute.name.starts_with(mark)) {
      words.push_back({attribute.name.substr(mark.size()), std::string(without_blanks(attribute.value))});
      continue;
    }
    const std::string_view text = attribute.value;
    // Where the words begin, and where the value behind each does.
    std::vector<std::array<std::size_t, 3>> found;
    for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
      if (at > 0 && static_cast<unsigned char>(text[at - 1]) > ' ') continue;
      auto end = at + mark.size();
      while (end < text.size() && ((text[end] >= 'a' && text[end] <= 'z') || (text[end] >= 'A' && text[end] <= 'Z')))
        ++end;
      if (end > at + mark.size() && end < text.size() && text[end] == ':') found.push_back({at, end, end + 1});
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
      const auto [begin, end, value] = found[i];
      const auto last = i + 1 < found.size() ? found[i + 1][0] : text.size();
      const auto word = text.substr(begin + mark.size(), end - begin - mark.size());
      words.push_back({std::string(word), std::string(without_blanks(text.substr(value, last - value)))});
    }
  }
  return words;
}

Voice event_voice(const std::vector<VoiceWord>& words) {
  Voice voice;
  if (words.empty()) return voice;
  refuse_others(words, event_words, "an event", voice);
  const auto service = value_of(words, "hears");
  const auto known =
      std::find_if(std::begin(services), std::end(services), [&](const Service& each) { return each.name == service; });
  if (known == std::end(services)) {
    voice.refused.push_back(
        "An event with words of customers needs 'cx.hears': feedback, alerts, thresholds or "
        "taskEvents.");
    return voice;
  }
  std::string xml = "<cx:hears" + std::string(declarations);
  put_attribute(xml, "service", service);
  for (const auto word : {"when", "channels", "conversation"})
    if (const auto value = value_of(words, word); !value.empty()) put_attribute(xml, word, value);
  xml += '>';
  for (const auto& each : words) {
    if (each.word != "keep") continue;
    for (const auto& one : split(each.value, ';')) {
      const auto sign = std::min(one.find('='), one.size());
      xml += "<cx:keep";
      put_attribute(xml, "variable", without_blanks(std::string_view(one).substr(0, sign)));
      put_attribute(xml, "value", sign < one.size() ? without_blanks(std::string_view(one).substr(sign + 1)) : "");
      xml += "/>";
    }
  }
  voice.attributes.push_back(element("hears", xml += "</cx:hears>"));
  voice.waits.emplace().type = known->type;
  return voice;
}

Voice function_voice(const std::vector<VoiceWord>& words) {
  Voice voice;
  refuse_others(words, function_words, "a function", voice);
  add_says(words, voice);
  add_task(words, voice);
  add_measures(words, voice);
  if (const auto script = value_of(words, "script"); !script.empty()) {
    voice.activity.emplace().kind = graph::ActivityKind::script_task;
    voice.activity->script = graph::Expression{script, "", {}};
  }
  return voice;
}

Voice kpi_voice(const std::vector<VoiceWord>& words, const DrawnKpi& kpi) {
  Voice voice;
  if (words.empty()) return voice;
  refuse_others(words, kpi_words, "a KPI", voice);
  Values values;
  for (const auto& each : words) values[each.word] = each.value;
  if (values["measure"].empty()) {
    voice.refused.push_back("A KPI that is to be measured needs 'cx.measure': duration, count, value or builtIn.");
    return voice;
  }
  if (values["name"].empty()) values["name"] = key_name(kpi.name.in(""));
  if (values["target"].empty()) values["target"] = runnable(kpi.values.target);
  if (values["critical"].empty()) values["critical"] = runnable(kpi.values.alarm);
  place_kpi(kpi, values, voice);
  std::string xml = "<cx:kpi" + std::string(declarations);
  put_attribute(xml, "title", kpi.name.in(""));
  for (const auto word : kpi_words)
    if (const auto& value = values[std::string(word)]; !value.empty()) put_attribute(xml, word, value);
  voice.attributes.push_back(element("kpi", xml += "/>"));
  return voice;
}

std::string key_name(std::string_view name) {
  std::string out;
  bool letters = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    const auto next = i + 1 < name.size() ? static_cast<unsigned char>(name[i + 1]) : 0;
    // Letters of the Latin-1 supplement, which are two bytes.
    const bool accented = c == 0xC3 && next >= 0x80 && next <= 0xBF && next != 0x97 && next != 0xB7;
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = (c >= '0' && c <= '9') || c == '-';
    if (letter || accented || digit) {
      if (digit && out.empty()) out += '_';
      out += name[i];
      if (accented) out += name[++i];
      letters = letters || letter || accented || c != '-';
    } else if (!out.empty() && out.back() != '_') {
      out += '_';
    }
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  return letters ? out : std::string();
}

}  // namespace echoflow::epc

#include <charconv>
#include <optional>

#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

bool is_token(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text)
    if (c <= ' ' || c >= 127 || std::string_view("()<>@,;:\\\"/[]?=").find(c) != std::string_view::npos) return false;
  return true;
}

// RFC 2045 §5.1: type "/" subtype, perhaps with parameters.
bool is_mime_type(std::string_view text) {
  text = trimmed(text.substr(0, text.find(';')));
  const auto slash = text.find('/');
  return slash != std::string_view::npos && is_token(text.substr(0, slash)) && is_token(text.substr(slash + 1));
}

// RFC 3986: an absolute URI. Short names of languages ("feel", "groovy") are what tools write instead.
bool is_uri(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c <= ' ' || c >= 127 || std::string_view("\"<>\\^`{|}!$").find(c) != std::string_view::npos) return false;
    if (c == '%' && (i + 2 >= text.size() || !std::isxdigit(static_cast<unsigned char>(text[i + 1])) ||
                     !std::isxdigit(static_cast<unsigned char>(text[i + 2]))))
      return false;
  }
  return !text.empty();
}

/// A script that is no more than a name runs in no language: it says what is done, as a mark in the trace of a run.
bool is_one_name(xml::NodeIndex script, const Checking& c) {
  return script == xml::no_node || c.source.text(script).find_first_of(" \t\r\n=(){};") == std::string::npos;
}

struct Format {
  std::string_view element;
  std::string_view attribute;
};
// BPMN 2.0 §8.3.2 (documentation), §8.4.1 (text annotations), §10.3.3 (script tasks).
constexpr Format mime_types[] = {
    {"documentation", "textFormat"}, {"textAnnotation", "textFormat"}, {"scriptTask", "scriptFormat"}};

void check_formats(Checking& c) {
  for (const auto& format : mime_types)
    for (const auto n : c.all(format.element)) {
      const auto text = c.source.attribute(n, format.attribute);
      if (c.source.has(n, format.attribute) && !is_mime_type(text))
        c.report("BPMN0301", n,
                 "The " + std::string(format.attribute) + " \"" + shown(text) + "\" of " + c.call(n) +
                     " is no MIME type: write one such as text/plain.");
    }
  for (const auto n : c.all("globalScriptTask")) {
    const auto text = c.source.attribute(n, "scriptLanguage");
    if (!text.empty() && !is_mime_type(text) && text.find(':') == std::string_view::npos)
      c.report("BPMN0301", n,
               "The scriptLanguage \"" + shown(text) + "\" of " + c.call(n) +
                   " is no MIME type: write one such as text/plain.");
    if (text.empty() && !is_one_name(c.source.child(n, "script"), c))
      c.report("BPMN0302", n,
               "The " + c.call(n) + " has a script without a scriptLanguage: name its language as a MIME type.");
  }
  for (const auto n : c.all("scriptTask"))
    if (!c.source.has(n, "scriptFormat") && !is_one_name(c.source.child(n, "script"), c))
      c.report("BPMN0302", n,
               "The " + c.call(n) +
                   " has a script without a scriptFormat: name its language as a MIME "
                   "type, such as text/xpath.");
}

// BPMN 2.0 §8.2.1, §8.4.6 (languages of expressions are URIs), §10.3.5 (method of a transaction).
void check_uris(Checking& c) {
  constexpr Format uris[] = {{"definitions", "expressionLanguage"},
                             {"definitions", "typeLanguage"},
                             {"definitions", "targetNamespace"},
                             {"transaction", "method"},
                             {"import", "importType"}};
  const auto check = [&](xml::NodeIndex n, std::string_view attribute) {
    const auto text = c.source.attribute(n, attribute);
    if (text.empty() || text.starts_with("##") || is_uri(text)) return;
    c.report("BPMN0303", n,
             "The " + std::string(attribute) + " \"" + shown(text) + "\" of " + c.call(n) + " is no URI: correct it.");
  };
  for (const auto& uri : uris)
    for (const auto n : c.all(uri.element)) check(n, uri.attribute);
  for (const auto n : c.source.elements()) {
    if (c.source.has(n, "language")) check(n, "language");
    if (c.source.has(n, "implementation")) check(n, "implementation");
  }
}

std::optional<long> number(std::string_view text) {
  long value = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || result.ec != std::errc{} || result.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

struct Least {
  std::string_view attribute;
  std::string_view rule;
  long least;
};
// BPMN 2.0 §10.3 (token quantities), §9.3 (multiplicity), §10.3.8 (loops).
constexpr Least leasts[] = {{"startQuantity", "BPMN0304", 1},
                            {"completionQuantity", "BPMN0304", 1},
                            {"loopMaximum", "BPMN0304", 0},
                            {"minimum", "BPMN0305", 0},
                            {"maximum", "BPMN0305", 1}};

void check_numbers(Checking& c, xml::NodeIndex n) {
  for (const auto& least : leasts) {
    if (!c.source.has(n, least.attribute)) continue;
    const auto text = c.source.attribute(n, least.attribute);
    const auto value = number(text);
    if (!value || *value < least.least)
      c.report(least.rule, n,
               "The " + std::string(least.attribute) + " \"" + shown(text) + "\" of " + c.call(n) +
                   " is not a whole number of at least " + std::to_string(least.least) + ": correct it.");
  }
  if (!c.source.is(n, "participantMultiplicity")) return;
  const auto minimum = number(c.source.has(n, "minimum") ? c.source.attribute(n, "minimum") : "0");
  const auto maximum = number(c.source.has(n, "maximum") ? c.source.attribute(n, "maximum") : "1");
  if (minimum && maximum && *minimum > *maximum)
    c.report("BPMN0305", n,
             "The minimum of the participant's multiplicity is greater than its maximum: exchange them.");
}

struct Words {
  std::string_view attribute;
  std::string_view allowed;  // separated by |
};
// BPMN 2.0 §15.3 (the schema's enumerations and booleans).
constexpr Words words[] = {
    {"gatewayDirection", "Unspecified|Converging|Diverging|Mixed"},
    {"eventGatewayType", "Exclusive|Parallel"},
    {"processType", "None|Public|Private|Executable|executable|Non-Executable|Non-executable"},
    {"associationDirection", "None|One|Both"},
    {"behavior", "None|One|All|Complex"},
    {"ordering", "Parallel|Sequential"},
    {"itemKind", "Information|Physical"},
    {"loopType", "None|Standard|MultiInstanceSequential|MultiInstanceParallel"},
    {"direction", "None|Forward|Backward|Both"},
};
constexpr std::string_view booleans[] = {
    "isExecutable",   "isClosed",         "isForCompensation", "isInterrupting",
    "cancelActivity", "parallelMultiple", "triggeredByEvent",  "isSequential",
    "testBefore",     "isCollection",     "instantiate",       "waitForCompletion",
    "isImmediate",    "isUnlimited",      "isRequired",        "cancelRemainingInstances"};

bool allowed(std::string_view text, std::string_view list) {
  while (!list.empty()) {
    const auto bar = list.find('|');
    if (text == list.substr(0, bar)) return true;
    list = bar == std::string_view::npos ? std::string_view{} : list.substr(bar + 1);
  }
  return false;
}

void check_words(Checking& c, xml::NodeIndex n) {
  const auto report = [&](std::string_view attribute, std::string_view list) {
    c.report("BPMN0306", n,
             "The " + std::string(attribute) + " \"" + shown(c.source.attribute(n, attribute)) + "\" of " + c.call(n) +
                 " is not one of " + std::string(list) + ": correct it.");
  };
  for (const auto& word : words)
    if (c.source.has(n, word.attribute) && !allowed(c.source.attribute(n, word.attribute), word.allowed))
      report(word.attribute, word.allowed);
  for (const auto name : booleans)
    if (c.source.has(n, name) && !allowed(c.source.attribute(n, name), "true|false|1|0"))
      report(name, "true|false|1|0");
}

}  // namespace

void check_values(Checking& c) {
  check_formats(c);
  check_uris(c);
  for (const auto n : c.source.elements()) {
    check_numbers(c, n);
    check_words(c, n);
  }
  // BPMN 2.0 §10.2: a public process shows what others may see, and is not run.
  for (const auto n : c.all("process"))
    if (c.source.attribute(n, "processType") == "Public" && c.source.flag(n, "isExecutable", false))
      c.report("BPMN0307", n,
               "The " + c.call(n) + " is public and executable: make it private (processType=\"Private\").");
  // BPMN 2.0 §8.4.13 (isImmediate).
  for (const auto n : c.all("sequenceFlow"))
    if (!c.source.flag(n, "isImmediate", true) && c.is_executable(n))
      c.report("BPMN0308", n,
               "The " + c.call(n) +
                   " says isImmediate=\"false\", which an executable process cannot: "
                   "remove the attribute.");
}

}  // namespace echoflow::bpmn

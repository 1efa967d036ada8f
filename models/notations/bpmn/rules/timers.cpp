#include <set>

#include "models/base/time.hpp"
#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

// ISO 8601 §4.4.3.2: PnW beside what xsd:duration knows.
bool is_duration(std::string_view text) {
  if (text.size() > 2 && text.front() == 'P' && text.back() == 'W')
    return text.substr(1, text.size() - 2).find_first_not_of("0123456789") == std::string_view::npos;
  return parse_duration(text).ok();
}

// Seconds, and the time itself, may be left out.
bool is_date(std::string_view text) {
  const std::string minutes = std::string(text) + ":00";
  return parse_date_time(text).ok() || parse_date(text).ok() || parse_date_time(minutes).ok() || parse_time(text).ok();
}

bool is_point_or_duration(std::string_view text) {
  return is_duration(text) || is_date(text);
}

// ISO 8601 §4.5: [Rn/] then an interval, a start with a duration, or a duration alone.
bool is_cycle(std::string_view text) {
  if (text.starts_with('R')) {
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return false;
    if (text.substr(1, slash - 1).find_first_not_of("0123456789") != std::string_view::npos) return false;
    text = text.substr(slash + 1);
  }
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return is_point_or_duration(text);
  return is_point_or_duration(text.substr(0, slash)) && is_point_or_duration(text.substr(slash + 1));
}

struct Kind {
  std::string_view element;
  bool (*fits)(std::string_view);
  const char* example;
};
// BPMN 2.0 §10.5.5, Table 10.101 (timer event definitions).
constexpr Kind kinds[] = {{"timeDate", is_date, "2026-12-24T18:00:00Z"},
                          {"timeDuration", is_duration, "PT2H"},
                          {"timeCycle", is_cycle, "R3/PT1H"}};

/// One word or number that is no name of data can only be meant as a literal.
bool is_literal(const Checking& c, xml::NodeIndex n, const std::string& text, const std::set<std::string_view>& names) {
  if (c.source.has(n, "language")) return false;
  return text.find_first_of("$#{}()='\"@+*/") == std::string::npos && !names.contains(text);
}

std::set<std::string_view> names_of_data(const Checking& c) {
  std::set<std::string_view> names;
  for (const auto local :
       {"dataObject", "dataObjectReference", "property", "dataInput", "dataOutput", "dataStoreReference", "dataStore"})
    for (const auto n : c.all(local)) {
      names.insert(c.source.attribute(n, "id"));
      names.insert(c.source.attribute(n, "name"));
    }
  return names;
}

bool is_digit_start(const std::string& text) {
  return !text.empty() && ((text[0] >= '0' && text[0] <= '9') || (text[0] == 'P' && text.size() > 1) ||
                           (text[0] == 'R' && text.find('/') != std::string::npos));
}

}  // namespace

void check_timers(Checking& c) {
  const auto names = names_of_data(c);
  for (const auto n : c.all("timerEventDefinition")) {
    std::size_t count = 0;
    for (const auto& kind : kinds)
      for (const auto time : c.source.children(n, kind.element)) {
        ++count;
        const std::string text = c.source.text(time);
        if (text.empty() || kind.fits(text) || names.contains(text)) continue;
        if (is_literal(c, time, text, names) ||
            (is_digit_start(text) && text.find_first_of("${(") == std::string::npos))
          c.report("BPMN1012", time,
                   "The " + std::string(kind.element) + " \"" + shown(text) + "\" of " +
                       c.call(c.source.document().parent(n)) + " is not written as ISO 8601 says: write it like " +
                       kind.example + ".");
      }
    const auto event = c.source.document().parent(n);
    if (count > 1)
      c.report("BPMN1011", n,
               "The timer of " + c.call(event) +
                   " has several times: keep one of timeDate, timeDuration and "
                   "timeCycle.");
    if (count == 0 && c.is_executable(n))
      c.report("BPMN1011", n,
               "The timer of " + c.call(event) + " has no time: add timeDate, timeDuration or timeCycle.");
  }
}

}  // namespace echoflow::bpmn

#include <set>

#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

// BPMN 2.0 §8.3.1 (base element): an id names one element of the file.
void check_unique(Checking& c) {
  std::map<std::string, xml::NodeIndex, std::less<>> first;
  for (const auto n : c.source.elements()) {
    const auto id = c.source.attribute(n, "id");
    if (id.empty()) continue;
    const auto [at, fresh] = first.emplace(id, n);
    if (fresh) continue;
    const auto line = std::to_string(c.source.where(at->second).line);
    c.report("BPMN0101", n,
             "The id of " + c.call(n) + " is also that of the " + std::string(c.source.local(at->second)) +
                 " in line " + line + ": give each element an id of its own.");
  }
}

// BPMN 2.0 §8.3.1: the id may be omitted only where nothing refers to the element; sequence flows refer to flow nodes.
void check_present(Checking& c) {
  for (const auto n : c.source.elements()) {
    const bool flow = c.source.is(n, "sequenceFlow") || c.source.is(n, "process") || c.source.is(n, "participant") ||
                      (c.is_flow_node(n) && !c.source.is(n, "implicitThrowEvent"));
    if (flow && c.source.attribute(n, "id").empty())
      c.report("BPMN0102", n, "The " + c.call(n) + " has no id: give it one, so that others can refer to it.");
  }
}

/// XML 1.0 §2.3, without a colon; letters beyond ASCII are not looked at.
bool is_name(std::string_view text) {
  const auto fits = [](unsigned char c, bool first) {
    if (c >= 128 || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
    return !first && ((c >= '0' && c <= '9') || c == '-' || c == '.');
  };
  for (std::size_t i = 0; i < text.size(); ++i)
    if (!fits(static_cast<unsigned char>(text[i]), i == 0)) return false;
  return true;
}

// BPMN 2.0 §8.3.1: ids are of the type ID. Many tools write numbers, which nothing hinders.
void check_names(Checking& c) {
  for (const auto n : c.source.elements())
    if (!is_name(c.source.attribute(n, "id")))
      c.report(
          "BPMN0109", n,
          "The id of " + c.call(n) +
              " is no name as XML has them: begin it with a letter or _, and write letters, digits, _, - and . alone.");
}

}  // namespace

void check_identity(Checking& c) {
  check_unique(c);
  check_names(c);
  check_present(c);
}

}  // namespace echoflow::bpmn

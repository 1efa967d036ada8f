#include <map>
#include <set>

#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

struct Side {
  std::string_view data;
  std::string_view set;
  std::string_view members;
  std::string_view optional;
  std::string_view executing;
};
constexpr Side sides[] = {
    {"dataInput", "inputSet", "dataInputRefs", "optionalInputRefs", "whileExecutingInputRefs"},
    {"dataOutput", "outputSet", "dataOutputRefs", "optionalOutputRefs", "whileExecutingOutputRefs"},
};

std::set<xml::NodeIndex> members(const Checking& c, xml::NodeIndex set, std::string_view local) {
  std::set<xml::NodeIndex> found;
  for (const auto reference : c.source.children(set, local))
    found.insert(c.source.resolve(reference, c.source.text(reference)));
  return found;
}

// BPMN 2.0 §10.4.1, Tables 10.61 and 10.62: what is optional or while executing is a part of the set.
void check_subset(Checking& c, xml::NodeIndex set, const Side& side, std::string_view local) {
  const auto all = members(c, set, side.members);
  for (const auto n : members(c, set, local))
    if (n != xml::no_node && !all.contains(n))
      c.report("BPMN1202", set,
               "The " + c.call(n) + " is one of the " + std::string(local) + " of " + c.call(set) + " but not of its " +
                   std::string(side.members) + ": add it there.");
}

// BPMN 2.0 §10.4.1: every input and output belongs to a set.
void check_side(Checking& c, xml::NodeIndex owner, const Side& side) {
  std::set<xml::NodeIndex> used;
  const auto sets = c.source.children(owner, side.set);
  for (const auto set : sets) {
    const auto here = members(c, set, side.members);
    used.insert(here.begin(), here.end());
    check_subset(c, set, side, side.optional);
    check_subset(c, set, side, side.executing);
  }
  if (sets.empty() && !c.source.is(owner, "ioSpecification")) return;  // events of many tools have no sets
  for (const auto n : c.source.children(owner, side.data))
    if (!used.contains(n))
      c.report("BPMN1201", n,
               "The " + c.call(n) + " is in no " + std::string(side.set) + ": add it to one by " +
                   std::string(side.members) + ".");
}

using SetMembers = std::map<xml::NodeIndex, std::set<xml::NodeIndex>>;

SetMembers all_members(const Checking& c, std::string_view set, std::string_view local) {
  SetMembers found;
  for (const auto n : c.all(set)) found[n] = members(c, n, local);
  return found;
}

// BPMN 2.0 §10.4.1: outputSetRefs and inputSetRefs are two ends of one association.
void check_rules(Checking& c, const SetMembers& here, const SetMembers& there, const std::string& name,
                 const std::string& back) {
  for (const auto& [set, others] : here)
    for (const auto other : others) {
      const auto found = there.find(other);
      if (found == there.end() || found->second.contains(set)) continue;
      c.report("BPMN1203", set,
               "The " + c.call(set) + " names " + c.call(other) + " in " + name + ", which does not name it in " +
                   back + ": make both agree.");
    }
}

}  // namespace

void check_data_sets(Checking& c) {
  for (const auto n : c.source.elements()) {
    if (c.source.is(n, "ioSpecification") || c.is_event(n))
      for (const auto& side : sides) check_side(c, n, side);
  }
  const auto inputs = all_members(c, "inputSet", "outputSetRefs");
  const auto outputs = all_members(c, "outputSet", "inputSetRefs");
  check_rules(c, inputs, outputs, "outputSetRefs", "inputSetRefs");
  check_rules(c, outputs, inputs, "inputSetRefs", "outputSetRefs");
}

}  // namespace echoflow::bpmn

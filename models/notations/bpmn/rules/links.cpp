#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {
namespace {

struct Link {
  xml::NodeIndex event = xml::no_node;
  xml::NodeIndex definition = xml::no_node;
  std::string name;
  Elements others;  // definitions that it names as its sources, or its target
  bool throws = false;
};

std::vector<Link> links(const Checking& c) {
  std::vector<Link> found;
  for (const auto definition : c.all("linkEventDefinition")) {
    const auto event = c.source.document().parent(definition);
    const bool throws = c.source.is(event, "intermediateThrowEvent");
    if (!throws && !c.source.is(event, "intermediateCatchEvent")) continue;
    Link link{event, definition, std::string(c.source.attribute(definition, "name")), {}, throws};
    for (const auto other : c.source.children(definition, throws ? "target" : "source"))
      link.others.push_back(c.source.resolve(other, c.source.text(other)));
    found.push_back(std::move(link));
  }
  return found;
}

bool names(const Link& a, const Link& b) {
  return std::find(a.others.begin(), a.others.end(), b.definition) != a.others.end();
}

void check_pair(Checking& c, const Link& source, const Link& target) {
  if (c.scope(source.event) != c.scope(target.event))
    c.report("BPMN1003", source.event,
             "The link from " + c.call(source.event) + " to " + c.call(target.event) +
                 " leads into another process or sub-process: keep both in one.");
  const bool contradiction =
      (!source.others.empty() && !names(source, target)) || (!target.others.empty() && !names(target, source));
  if (contradiction)
    c.report("BPMN1004", source.event,
             "The links " + c.call(source.event) + " and " + c.call(target.event) +
                 " do not name each other: correct their source and target.");
}

void check_connections(Checking& c, const Link& link) {
  if (link.throws && !c.outgoing(link.event).empty())
    c.report("BPMN1005", link.event,
             "A flow leaves " + c.call(link.event) +
                 ", which goes on at its link's target: remove "
                 "the flow.");
  if (!link.throws && !c.incoming(link.event).empty())
    c.report("BPMN1005", link.event,
             "A flow leads into " + c.call(link.event) + ", which a link leads to: remove the flow.");
  if (link.throws && c.incoming(link.event).empty())
    c.report("BPMN0905", link.event, "No flow leads to the " + c.call(link.event) + ": connect it.");
  if (!link.throws && c.outgoing(link.event).empty())
    c.report("BPMN0906", link.event, "No flow leaves the " + c.call(link.event) + ": say what follows.");
}

/// Who may be the other end of a link: by what the definitions name, else by the name in one process.
class Partners {
 public:
  Partners(const Checking& c, const std::vector<Link>& links) : c_(c), links_(links) {
    for (std::size_t i = 0; i < links.size(); ++i) {
      by_definition_[links[i].definition] = i;
      for (const auto other : links[i].others) named_by_[other].push_back(i);
      if (links[i].others.empty() && !links[i].name.empty()) by_name_[key(links[i], links[i].throws)].push_back(i);
    }
  }

  /// At most a few: more than one is wrong already.
  std::vector<const Link*> of(const Link& link) const {
    std::set<std::size_t> found;
    for (const auto other : link.others)
      if (const auto at = by_definition_.find(other); at != by_definition_.end()) found.insert(at->second);
    if (const auto at = named_by_.find(link.definition); at != named_by_.end())
      found.insert(at->second.begin(), at->second.begin() + std::min<std::ptrdiff_t>(3, std::ssize(at->second)));
    const auto same = by_name_.find(key(link, !link.throws));
    if (link.others.empty() && same != by_name_.end())
      found.insert(same->second.begin(), same->second.begin() + std::min<std::ptrdiff_t>(3, std::ssize(same->second)));
    std::vector<const Link*> partners;
    for (const auto i : found)
      if (links_[i].throws != link.throws) partners.push_back(&links_[i]);
    return partners;
  }

 private:
  std::tuple<xml::NodeIndex, std::string, bool> key(const Link& link, bool throws) const {
    return {c_.scope(link.event), link.name, throws};
  }

  const Checking& c_;
  const std::vector<Link>& links_;
  std::map<xml::NodeIndex, std::size_t> by_definition_;
  std::map<xml::NodeIndex, std::vector<std::size_t>> named_by_;
  std::map<std::tuple<xml::NodeIndex, std::string, bool>, std::vector<std::size_t>> by_name_;
};

}  // namespace

// BPMN 2.0 §10.5.4, §10.5.5 (link events).
void check_links(Checking& c) {
  const auto all = links(c);
  const Partners partners(c, all);
  for (const auto& link : all) {
    check_connections(c, link);
    const auto others = partners.of(link);
    if (link.throws)
      for (const auto* other : others) check_pair(c, link, *other);
    if (others.empty())
      c.report(link.throws ? "BPMN1002" : "BPMN1001", link.event,
               "The " + c.call(link.event) + " has no " + (link.throws ? "target" : "source") + ": add a " +
                   (link.throws ? "catching" : "throwing") + " link event of the same name to the process.");
    if (link.throws && others.size() > 1)
      c.report("BPMN1006", link.event,
               "The " + c.call(link.event) +
                   " has several targets: give each link a name "
                   "of its own.");
  }
}

}  // namespace echoflow::bpmn

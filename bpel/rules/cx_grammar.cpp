#include "bpel/rules/cx_grammar.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include "bpel/source/text.hpp"
#include "models/base/time.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::rules::grammar {
namespace {

constexpr bool required = true;
constexpr Name bpel(std::string_view local) {
  return {ns::bpel, local};
}
constexpr Name cx(std::string_view local) {
  return {ns::cx, local};
}
constexpr Name htd(std::string_view local) {
  return {ns::htd, local};
}
const Attribute language{"expressionLanguage"};
const Attribute lang{"lang", Value::text, false, ns::xml};
const std::vector<Name> roles = {htd("potentialOwners"),  htd("excludedOwners"),         htd("taskInitiator"),
                                 htd("taskStakeholders"), htd("businessAdministrators"), htd("recipients")};

Attribute choice(std::string_view name, std::vector<std::string_view> choices, bool needed = false) {
  return {name, Value::one_of, needed, {}, std::move(choices)};
}

std::vector<Element> kpi_elements() {
  return {
      {cx("kpi"),
       {{"name", Value::name, required},
        {"title"},
        choice("kind", {"planned", "alarm"}),
        choice("measure", {"duration", "count", "value", "builtIn"}, required),
        {"from"},
        {"to"},
        {"of"},
        choice("fromMoment", {"start", "end"}),
        choice("toMoment", {"start", "end"}),
        {"builtIn"},
        choice("aggregate", {"mean", "sum", "min", "max", "count", "percentile", "last"}),
        {"percentile", Value::percent},
        {"window", Value::duration},
        {"last", Value::count},
        choice("period", {"hour", "day", "week", "month"}),
        choice("groupBy",
               {"process", "version", "channel", "network", "topic", "language", "queue", "agent", "product", "group"}),
        {"calendar"},
        {"unit"},
        choice("direction", {"higher", "lower"}),
        {"target", Value::level},
        {"warning", Value::level},
        {"critical", Value::level},
        {"hysteresis", Value::level},
        {"leastValues", Value::count}},
       {}},
      {cx("measure"),
       {{"name", Value::name},
        {"suppressJoinFailure", Value::boolean},
        {"kpi", Value::name, required},
        {"value", Value::text, required},
        {"group"}},
       {bpel("targets"), bpel("sources")}},
  };
}

std::vector<Element> people_elements() {
  return {
      {{ns::b4p, "peopleActivity"},
       {{"name", Value::name},
        {"suppressJoinFailure", Value::boolean},
        {"inputVariable", Value::name},
        {"outputVariable", Value::name},
        {"isSkipable", Value::boolean}},
       {bpel("targets"),
        bpel("sources"),
        htd("task"),
        htd("notification"),
        {ns::b4p, "localTask"},
        {ns::b4p, "localNotification"},
        bpel("toParts"),
        bpel("fromParts")}},
      {{ns::b4p, "localTask"}, {{"reference", Value::qname, required}}, {htd("priority"), htd("peopleAssignments")}},
      {{ns::b4p, "localNotification"},
       {{"reference", Value::qname, required}},
       {htd("priority"), htd("peopleAssignments")}},
      {{ns::b4p, "humanInteractions"}, {}, {htd("logicalPeopleGroups"), htd("tasks"), htd("notifications")}},
      {htd("logicalPeopleGroups"), {}, {htd("logicalPeopleGroup")}},
      {htd("logicalPeopleGroup"), {{"name", Value::name, required}, {"reference"}}, {}},
      {htd("tasks"), {}, {htd("task")}},
      {htd("notifications"), {}, {htd("notification")}},
      {htd("from"), {language, {"logicalPeopleGroup", Value::qname}}, {htd("literal")}},
      {htd("literal"), {}, {{ns::htt, "organizationalEntity"}}},
      {{ns::htt, "organizationalEntity"}, {}, {{ns::htt, "user"}, {ns::htt, "group"}}},
      {{ns::htt, "user"}, {}, {}},
      {{ns::htt, "group"}, {}, {}},
      {htd("peopleAssignments"), {}, roles},
      {htd("delegation"),
       {choice("potentialDelegatees", {"anybody", "nobody", "potentialOwners", "other"}, required)},
       {htd("from")}},
  };
}

std::vector<Element> task_elements() {
  return {
      {htd("task"),
       {{"name", Value::name, required}, {"actualOwnerRequired", Value::boolean}},
       {htd("interface"), htd("priority"), htd("peopleAssignments"), htd("delegation"), htd("presentationElements"),
        htd("renderings"), htd("deadlines"), cx("outcome"), cx("routing"), cx("context")}},
      {htd("notification"),
       {{"name", Value::name, required}},
       {htd("interface"), htd("priority"), htd("peopleAssignments"), htd("presentationElements"), htd("renderings")}},
      {htd("interface"), {{"portType", Value::qname, required}, {"operation", Value::name, required}}, {}},
      {htd("priority"), {language}, {}},
      {htd("presentationElements"),
       {},
       {htd("name"), htd("presentationParameters"), htd("subject"), htd("description")}},
      {htd("name"), {lang}, {}},
      {htd("subject"), {lang}, {}},
      {htd("description"), {lang, {"contentType"}}, {}, true},
      {htd("presentationParameters"), {language}, {htd("presentationParameter")}},
      {htd("presentationParameter"), {language, {"name", Value::name, required}, {"type"}}, {}},
      {htd("renderings"), {}, {}, true},
      {cx("outcome"), {{"name", Value::name, required}}, {cx("label")}},
      {cx("label"), {lang}, {}},
      {cx("routing"), {{"queue"}, {"capacity", Value::capacity}, {"calendar"}}, {cx("skill")}},
      {cx("skill"), {{"name", Value::text, required}, {"level", Value::proficiency}, {"required", Value::boolean}}, {}},
      {cx("context"), {{"customer"}, {"case"}, {"feedback"}, {"channel"}, {"language"}}, {}},
  };
}

std::vector<Element> deadline_elements() {
  const std::vector<Attribute> deadline = {{"name", Value::name}, {"calendar", Value::text, false, ns::cx}};
  std::vector<Element> all = {
      {htd("deadlines"), {}, {htd("startDeadline"), htd("completionDeadline")}},
      {htd("startDeadline"), deadline, {htd("for"), htd("until"), htd("escalation")}},
      {htd("completionDeadline"), deadline, {htd("for"), htd("until"), htd("escalation")}},
      {htd("for"), {language}, {}},
      {htd("until"), {language}, {}},
      {htd("escalation"),
       {{"name", Value::name, required}},
       {htd("condition"), htd("notification"), htd("localNotification"), htd("reassignment"), cx("raisePriority"),
        cx("taskEvent")}},
      {htd("condition"), {language}, {}},
      {htd("localNotification"), {{"reference", Value::qname, required}}, {}},
      {htd("reassignment"), {}, {htd("potentialOwners")}},
      {cx("raisePriority"), {{"by", Value::count}, {"to", Value::priority}}, {}},
      {cx("taskEvent"), {}, {}},
  };
  for (const auto& role : roles) all.push_back({role, {}, {htd("from")}});
  return all;
}

const std::vector<Element>& elements() {
  static const auto all = [] {
    std::vector<Element> list;
    for (auto part : {kpi_elements(), people_elements(), task_elements(), deadline_elements()})
      list.insert(list.end(), part.begin(), part.end());
    return list;
  }();
  return all;
}

std::optional<double> decimal(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_whole(std::string_view text, double least, double most) {
  const auto value = decimal(text);
  return value && *value >= least && *value <= most && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_duration(std::string_view text) {
  const auto duration = parse_duration(text);
  return duration && (duration->months > 0 || duration->micros > 0);
}

bool is_seconds(std::string_view text) {
  const auto duration = parse_duration(text);
  return duration && duration->months == 0;
}

bool is_qname(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return source::is_ncname(text);
  return source::is_ncname(text.substr(0, colon)) && source::is_ncname(text.substr(colon + 1));
}

bool is_boolean(std::string_view text) {
  return text == "yes" || text == "no" || text == "true" || text == "false" || text == "1" || text == "0";
}

std::string listed(const std::vector<std::string_view>& choices) {
  std::string out;
  for (const auto one : choices) out += (out.empty() ? "" : ", ") + std::string(one);
  return out;
}

std::optional<std::string> unless(bool good, std::string wanted) {
  if (good) return std::nullopt;
  return "it must be " + std::move(wanted);
}

}  // namespace

bool is_ours(std::string_view uri) {
  return uri == ns::cx || uri == ns::b4p || uri == ns::htd || uri == ns::htt;
}

const Element* find(const xml::Document& document, xml::NodeIndex element) {
  const Name name{document.namespace_uri(element), document.local_name(element)};
  const auto found =
      std::find_if(elements().begin(), elements().end(), [&](const Element& one) { return one.name == name; });
  return found == elements().end() ? nullptr : &*found;
}

bool may_stand_in_bpel(std::string_view parent, const Name& child) {
  if (parent == "process") return child == cx("kpi") || child == Name{ns::b4p, "humanInteractions"};
  if (parent == "extensionActivity") return child == cx("measure") || child == Name{ns::b4p, "peopleActivity"};
  return false;
}

bool may_carry(std::string_view element, const Name& attribute) {
  const bool inbound = element == "receive" || element == "onMessage" || element == "onEvent";
  return inbound && (attribute == cx("when") || attribute == cx("channels"));
}

std::optional<std::string> wrong_value(const Attribute& attribute, std::string_view value) {
  const bool chosen = std::find(attribute.choices.begin(), attribute.choices.end(), value) != attribute.choices.end();
  switch (attribute.value) {
    case Value::text:
      return unless(!attribute.required || !value.empty(), "more than white space");
    case Value::name:
      return unless(source::is_ncname(value), "a name without spaces and colons");
    case Value::qname:
      return unless(is_qname(value), "a name, with a prefix or without");
    case Value::boolean:
      return unless(is_boolean(value), "yes or no");
    case Value::duration:
      return unless(is_duration(value), "a duration that is not zero, as PT1H or P7D");
    case Value::level:
      return unless(decimal(value).has_value() || is_seconds(value),
                    "a number, or a duration in days, hours, minutes and seconds, as PT4H");
    case Value::count:
      return unless(is_whole(value, 1, 1e15), "a whole number from 1");
    case Value::percent:
      return unless(decimal(value) && *decimal(value) >= 0 && *decimal(value) <= 100, "a number from 0 to 100");
    case Value::capacity:
      return unless(is_whole(value, 1, 100), "a whole number from 1 to 100, the percentage of an agent that it takes");
    case Value::proficiency:
      return unless(is_whole(value, 1, 5), "a whole number from 1 to 5");
    case Value::priority:
      return unless(is_whole(value, 0, 10), "a whole number from 0, the highest, to 10, the lowest");
    case Value::one_of:
      return unless(chosen, "one of " + listed(attribute.choices));
  }
  return std::nullopt;
}

}  // namespace echoflow::rules::grammar

#include "adapters/cx/tasks/desk_file.hpp"

#include <cstdlib>

#include "adapters/json/fields.hpp"
#include "models/base/micros.hpp"

namespace echoflow::tasks {

namespace {

using json::Fields;
using json::Value;

/// The first thing that is wrong with the file.
struct Problem {
  std::string text;
  bool fine() const { return text.empty(); }
  void say(const std::string& place, const std::string& what) {
    if (fine()) text = (place.empty() ? "" : place + ": ") + what;
  }
  void take(const Fields& fields) {
    if (fields.error()) say(fields.error()->pointer, fields.error()->message);
  }
};

std::vector<std::string> names(Fields& fields, std::string_view name) {
  std::vector<std::string> list;
  const auto* value = fields.any(name);
  if (!value) return list;
  if (value->kind != json::Kind::array) fields.refuse(name, "\"" + std::string(name) + "\" must be an array of texts.");
  for (const auto& item : value->items) {
    if (item.kind != json::Kind::string || item.text.empty())
      fields.refuse(name, "\"" + std::string(name) + "\" must be an array of texts.");
    list.push_back(item.text);
  }
  return list;
}

std::map<std::string, double> weights(Fields& fields, std::string_view name) {
  std::map<std::string, double> map;
  const auto* value = fields.object(name);
  if (!value) return map;
  for (const auto& [key, member] : value->members) {
    const auto number = member.integer();
    if (!number || *number < -100 || *number > 100)
      fields.refuse(name, "\"" + std::string(name) + "\" must have whole numbers from -100 to 100.");
    else
      map[key] = static_cast<double>(*number);
  }
  return map;
}

std::vector<calendar::Hours> hours(Fields& fields, std::string_view name) {
  auto text = fields.string(name);
  auto parsed = calendar::parse_hours(text.value_or(""));
  if (parsed) return std::move(parsed).value();
  fields.refuse(name, parsed.error().message);
  return {};
}

/// "2026-12-24", or "--12-24" for every year.
calendar::Date date(Fields& fields, std::string_view name) {
  const auto text = fields.required_string(name);
  const bool yearly = text.starts_with("--");
  auto parsed = calendar::parse_day(yearly ? "2000" + text.substr(1) : text);
  if (!parsed) {
    fields.refuse(name, "\"" + std::string(name) + "\" must be a day: 2026-12-24, or --12-24 for every year.");
    return {};
  }
  if (yearly) parsed->year = 0;
  return *parsed;
}

calendar::Plan read_plan(const Value& value, const std::string& place, Problem& problem) {
  static constexpr std::string_view days[] = {"monday", "tuesday",  "wednesday", "thursday",
                                              "friday", "saturday", "sunday"};
  Fields fields(value, place);
  calendar::Plan plan;
  plan.name = fields.required_string("name");
  plan.zone = fields.string("zone").value_or(plan.zone);
  plan.region = fields.string("region").value_or("");
  if (const auto* week = fields.object("week")) {
    Fields weekdays(*week, place + "/week");
    for (std::size_t i = 0; i < std::size(days); ++i) plan.week[i] = hours(weekdays, days[i]);
    weekdays.finish();
    problem.take(weekdays);
  }
  if (const auto* list = fields.any("days"))
    for (std::size_t i = 0; i < list->items.size(); ++i) {
      Fields day(list->items[i], place + "/days/" + std::to_string(i));
      calendar::OwnDay own;
      own.date = date(day, "date");
      own.hours = hours(day, "hours");
      own.name = day.string("name").value_or("");
      day.finish();
      problem.take(day);
      plan.own_days.push_back(std::move(own));
    }
  fields.finish();
  problem.take(fields);
  return plan;
}

void read_calendars(const Value& list, calendar::Calendars& calendars, Problem& problem) {
  for (std::size_t i = 0; i < list.items.size() && problem.fine(); ++i) {
    const auto place = "/calendars/" + std::to_string(i);
    auto made = calendar::Calendar::make(read_plan(list.items[i], place, problem));
    if (made)
      calendars.put(std::move(made).value());
    else
      problem.say(place, made.error().message);
  }
}

void read_assignment(const Value& value, assignment::Options& options, Problem& problem) {
  Fields fields(value, "/assignment");
  auto seconds = [&](std::string_view name, std::int64_t& micros) {
    if (auto given = fields.integer(name, 0, 86'400)) micros = *given * second_micros;
  };
  seconds("relaxEverySeconds", options.relax_every);
  seconds("holdForLastAgentSeconds", options.hold_for_last_agent);
  seconds("beginWithinSeconds", options.begin_within);
  seconds("fullIdleSeconds", options.full_idle);
  const std::pair<std::string_view, std::int32_t*> points[] = {
      {"skillPoints", &options.skill},       {"preferredPoints", &options.preferred},
      {"languagePoints", &options.language}, {"lastAgentPoints", &options.last_agent},
      {"idlePoints", &options.idle},         {"freePoints", &options.free}};
  for (const auto& [name, target] : points)
    if (auto given = fields.integer(name, 0, 10'000)) *target = static_cast<std::int32_t>(*given);
  for (const auto& [channel, weight] : weights(fields, "weights"))
    options.weights[channel] = static_cast<std::uint32_t>(std::max(weight, 0.0));
  fields.finish();
  problem.take(fields);
}

/// A secret does not stand in a file that designers read.
void read_secret(Fields& fields, std::string_view name, std::string& secret) {
  auto place = fields.string(name);
  if (!place) return;
  const char* given = place->starts_with("env:") ? std::getenv(place->c_str() + 4) : nullptr;
  if (given && *given)
    secret = given;
  else
    fields.refuse(name, "\"" + std::string(name) + "\" must be env:NAME of an environment variable that is set.");
}

void read_notices(const Value& value, NoticeOptions& options, Problem& problem) {
  Fields fields(value, "/notifications");
  options.webhook = fields.string("webhook").value_or("");
  options.mail_host = fields.string("mailHost").value_or(options.mail_host);
  read_secret(fields, "webhookSecret", options.webhook_secret);
  options.mail_server = fields.string("mailServer").value_or("");
  options.mail_from = fields.string("mailFrom").value_or("");
  options.mail_user = fields.string("mailUser").value_or("");
  options.mail_tls = fields.boolean("mailTls").value_or(true);
  read_secret(fields, "mailPassword", options.mail_password);
  if (!options.mail_server.empty() && options.mail_from.empty())
    fields.refuse("mailFrom", "\"mailFrom\" is missing: the address that mails come from.");
  fields.finish();
  problem.take(fields);
}

policy::Rule read_rule(const Value& value, const std::string& place, Problem& problem) {
  Fields fields(value, place);
  policy::Rule rule;
  rule.id = fields.required_string("id");
  rule.message = fields.string("message").value_or("");
  rule.channels = names(fields, "channels");
  rule.networks = names(fields, "networks");
  rule.topics = names(fields, "topics");
  rule.languages = names(fields, "languages");
  rule.only_public = fields.boolean("onlyPublic").value_or(false);
  rule.only_posts = fields.boolean("onlyPosts").value_or(false);
  rule.groups = names(fields, "groups");
  rule.bots_may = fields.boolean("botsMay").value_or(true);
  rule.forbidden = names(fields, "forbidden");
  rule.required = names(fields, "required");
  rule.most_characters = static_cast<std::size_t>(fields.integer("mostCharacters", 0, 1'000'000).value_or(0));
  rule.calendar = fields.string("calendar").value_or("");
  rule.within = fields.integer("withinMinutes", 0, 1'000'000).value_or(0) * 60 * second_micros;
  rule.needs_customer = fields.boolean("needsCustomer").value_or(false);
  rule.approval_from_risk = static_cast<double>(fields.integer("approvalFromRisk", 0, 100).value_or(-1));
  rule.approvers = names(fields, "approvers");
  fields.finish();
  problem.take(fields);
  return rule;
}

policy::RiskWeights read_risk(const Value& value, Problem& problem) {
  Fields fields(value, "/policy/risk");
  policy::RiskWeights risk;
  const std::pair<std::string_view, double*> numbers[] = {{"base", &risk.base},
                                                          {"public", &risk.is_public},
                                                          {"urgencyHigh", &risk.urgency_high},
                                                          {"urgencyCritical", &risk.urgency_critical},
                                                          {"veryNegative", &risk.very_negative},
                                                          {"reach", &risk.reach}};
  for (const auto& [name, target] : numbers)
    if (auto given = fields.integer(name, -100, 100)) *target = static_cast<double>(*given);
  if (auto given = fields.integer("reachOver", 0, 1'000'000'000)) risk.reach_over = static_cast<double>(*given);
  risk.topics = weights(fields, "topics");
  risk.words = weights(fields, "words");
  fields.finish();
  problem.take(fields);
  return risk;
}

void read_policy(const Value& value, DeskFile& desk, Problem& problem) {
  Fields fields(value, "/policy");
  std::vector<policy::Rule> rules;
  if (const auto* list = fields.any("rules"))
    for (std::size_t i = 0; i < list->items.size(); ++i)
      rules.push_back(read_rule(list->items[i], "/policy/rules/" + std::to_string(i), problem));
  policy::RiskWeights risk;
  if (const auto* given = fields.object("risk")) risk = read_risk(*given, problem);
  fields.finish();
  problem.take(fields);
  if (!problem.fine()) return;
  auto book = policy::RuleBook::make(std::move(rules), std::move(risk), desk.options.calendars);
  if (book)
    desk.policy = std::make_shared<const policy::RuleBook>(std::move(book).value());
  else
    problem.say("/policy", book.error().message);
}

}  // namespace

DeskFile standard_desk() {
  DeskFile desk;
  desk.options.calendars.put(calendar::Calendar::standard());
  return desk;
}

Result<DeskFile> parse_desk_file(std::string_view text) {
  auto value = json::parse(text);
  if (!value) return fail(value.error().pointer + ": " + value.error().message);
  DeskFile desk = standard_desk();
  Problem problem;
  Fields fields(*value);
  if (const auto* calendars = fields.any("calendars")) read_calendars(*calendars, desk.options.calendars, problem);
  if (const auto* assignment = fields.object("assignment"))
    read_assignment(*assignment, desk.options.assignment, problem);
  if (const auto* notices = fields.object("notifications")) read_notices(*notices, desk.notices, problem);
  if (const auto* policy = fields.object("policy")) read_policy(*policy, desk, problem);
  fields.finish();
  problem.take(fields);
  if (!problem.fine()) return fail(problem.text);
  return desk;
}

}  // namespace echoflow::tasks

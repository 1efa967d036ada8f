#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <sstream>
#include <stdexcept>

#include "engine/core/status_name.hpp"
#include "tests/conformance/host.hpp"
#include "tests/conformance/scenario.hpp"

namespace echoflow::scenario {
namespace {

using Words = std::vector<std::string>;

[[noreturn]] void unmet(const std::string& what) {
  throw std::runtime_error(what);
}

std::string join(const Words& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string describe(const Outcome& outcome) {
  switch (outcome.kind) {
    case Outcome::Kind::none:
      return "nothing";
    case Outcome::Kind::accepted:
      return "accepted";
    case Outcome::Kind::reply:
      return "reply '" + text_of(outcome.message.parts) + "'";
    case Outcome::Kind::fault:
      return "fault " + outcome.fault.name.clark() + " '" + text_of(outcome.fault.parts) + "' (" +
             outcome.fault.detail + ")";
  }
  return "";
}

/// One scenario as it is played.
class Player {
 public:
  Player(std::filesystem::path path, Host& host) : path_(std::move(path)), host_(host) {}

  void run(const std::vector<Statement>& statements) {
    const bool own_deploy =
        !statements.empty() && (statements[0].words[0] == "deploy" || statements[0].words[0] == "reject");
    if (!own_deploy) deploy({path_.stem().string() + ".bpel"});
    for (const Statement& statement : statements) {
      try {
        step(statement.words);
      } catch (const std::exception& e) {
        throw std::runtime_error(path_.filename().string() + ":" + std::to_string(statement.line) + ": " +
                                 join(statement.words) + ": " + e.what());
      }
    }
  }

 private:
  std::vector<std::string> paths(const Words& files) const {
    std::vector<std::string> all;
    for (const auto& file : files) all.push_back((path_.parent_path() / file).string());
    return all;
  }

  void deploy(const Words& files) {
    const Diagnostics findings = host_.deploy(paths(files));
    if (has_errors(findings)) {
      std::string text;
      for (const auto& finding : findings) text += to_string(finding) + "\n";
      unmet("not deployed:\n" + text);
    }
  }

  void reject(const Words& rules) {
    const Diagnostics findings = host_.deploy(paths({path_.stem().string() + ".bpel"}));
    if (!has_errors(findings)) unmet("was deployed");
    for (const auto& rule : rules)
      if (std::none_of(findings.begin(), findings.end(), [&](const Diagnostic& d) { return d.rule == rule; }))
        unmet("no finding of " + rule);
  }

  void step(const Words& words) {
    static const std::map<std::string, void (Player::*)(const Words&)> verbs = {
        {"deploy", &Player::deploy},   {"reject", &Player::reject},   {"send", &Player::send},
        {"expect", &Player::expect},   {"partner", &Player::partner}, {"advance", &Player::advance},
        {"retry", &Player::repair},    {"skip", &Player::repair},     {"fault", &Player::repair},
        {"suspend", &Player::operate}, {"resume", &Player::operate},  {"terminate", &Player::operate}};
    const auto verb = verbs.find(words[0]);
    if (verb == verbs.end()) unmet("unknown statement");
    const bool keep_verb =
        verb->first == "retry" || verb->first == "skip" || verb->first == "fault" || words.size() == 1;
    (this->*verb->second)(keep_verb ? words : Words(words.begin() + 1, words.end()));
  }

  const program::MessageType& input_of(const std::string& operation) const {
    for (const auto& wire : host_.program().wire)
      if (wire.operation == operation && wire.input != program::none) return host_.program().message_types[wire.input];
    unmet("no operation " + operation);
  }

  void send(const Words& words) {
    Words values(words.begin() + 1, words.end());
    std::string name;
    if (values.size() >= 2 && values[values.size() - 2] == "as") {
      name = values.back();
      values.resize(values.size() - 2);
    }
    latest_ = host_.send(words[0], make_message(input_of(words[0]), values));
    if (!name.empty()) named_[name] = latest_;
  }

  void partner(const Words& words) {
    PartnerScript script;
    if (words[1] == "answers") {
      script = {PartnerScript::Kind::reply, "", words.size() > 3 ? join(Words(words.begin() + 3, words.end())) : ""};
      if (!host_.answer_partner(words[0], script)) unmet("no call waits");
      return;
    }
    if (words[1] == "replies")
      script = {PartnerScript::Kind::reply, "", join(Words(words.begin() + 2, words.end()))};
    else if (words[1] == "faults")
      script = {PartnerScript::Kind::fault, words[2], join(Words(words.begin() + 3, words.end()))};
    else if (words[1] == "fails")
      script.kind = PartnerScript::Kind::fail;
    else if (words[1] == "waits")
      script.kind = PartnerScript::Kind::wait;
    else
      unmet("unknown partner behavior");
    host_.script_partner(words[0], script);
  }

  void advance(const Words& words) {
    auto later = add_duration(host_.now(), words[0]);
    host_.advance(later.micros - host_.now().micros);
  }
  static TimePoint add_duration(TimePoint from, const std::string& text);

  ActivityId failed_activity(const std::string& name) {
    for (const auto& activity : host_.activities(0))
      if (activity.name == name && activity.failed) return activity.id;
    unmet("no failed activity " + name);
  }
  void repair(const Words& words) {
    if (!host_.repair(failed_activity(words[1]), words[0], words.size() > 2 ? words[2] : "")) unmet("was refused");
  }
  void operate(const Words& words) {
    if (!host_.operate(words[0])) unmet("was refused");
  }

  int handle(Words& words) {
    if (words.size() >= 2 && words[words.size() - 2] == "of") {
      const std::string name = words.back();
      words.resize(words.size() - 2);
      if (!named_.count(name)) unmet("no message named " + name);
      return named_[name];
    }
    return latest_;
  }

  void expect(const Words& given) {
    Words words(given.begin() + 1, given.end());
    const std::string& what = given[0];
    if (what == "reply" || what == "fault" || what == "nothing" || what == "accepted")
      return expect_outcome(what, words);
    if (what == "state") return expect_state(words);
    if (what == "instances") return equal(std::to_string(host_.instances()), words[0]);
    if (what == "variable") return equal(variable(words[0]), join(Words(words.begin() + 1, words.end())));
    if (what == "trace") return equal(trace(engine::ActivityStatus::completed), join(words));
    if (what == "terminated") return equal(trace(engine::ActivityStatus::terminated), join(words));
    if (what == "calls") return equal(join(host_.partner_calls(words[0])), join(Words(words.begin() + 1, words.end())));
    if (what == "event") return expect_event(words);
    if (what == "incidents") return equal(std::to_string(incidents()), words[0]);
    unmet("unknown expectation");
  }

  static void equal(const std::string& is, const std::string& wanted) {
    if (is != wanted) unmet("is '" + is + "'");
  }

  void expect_outcome(const std::string& kind, Words words) {
    const Outcome outcome = host_.outcome(handle(words));
    const std::string is = describe(outcome);
    if (kind == "nothing" && outcome.kind != Outcome::Kind::none) unmet("is " + is);
    if (kind == "accepted" && outcome.kind != Outcome::Kind::accepted) unmet("is " + is);
    if (kind == "reply" && (outcome.kind != Outcome::Kind::reply || text_of(outcome.message.parts) != join(words)))
      unmet("is " + is);
    if (kind != "fault") return;
    if (outcome.kind != Outcome::Kind::fault || outcome.fault.name.local != words[0]) unmet("is " + is);
    if (words.size() > 1 && text_of(outcome.fault.parts) != join(Words(words.begin() + 1, words.end())))
      unmet("is " + is);
  }

  void expect_state(Words words) {
    std::size_t index = 0;
    if (words.size() == 3 && words[1] == "of") index = static_cast<std::size_t>(std::stoi(words[2].substr(1))) - 1;
    if (index >= host_.instances()) unmet("there are only " + std::to_string(host_.instances()) + " instances");
    equal(std::string(to_string(host_.status(index))), words[0]);
  }

  std::string variable(const std::string& name) {
    for (const auto& view : host_.variables(0)) {
      if (view.name == name) return text_of(view.parts);
      const std::size_t dot = name.find('.');
      if (dot == std::string::npos || view.name != name.substr(0, dot)) continue;
      const auto& type = host_.program().message_types[host_.program().variables[view.variable].type];
      const std::uint32_t part = type.part(name.substr(dot + 1));
      if (part != program::none && part < view.parts.size())
        return view.parts[part] ? view.parts[part]->string_value(xml::root_node) : "";
    }
    unmet("no variable " + name);
  }

  /// Names in the order in which the activities ended, which only the journal knows within one turn.
  std::string trace(engine::ActivityStatus status) {
    std::map<ActivityId, engine::ActivityView> by_id;
    for (auto& activity : host_.activities(0)) by_id[activity.id] = activity;
    Words names;
    for (const auto& event : host_.events(0)) {
      if (event.type != "activity_ended") continue;
      const auto activity = by_id.find(event.activity);
      if (activity == by_id.end() || activity->second.name.empty() || activity->second.status != status) continue;
      if (activity->second.scope != 0) names.push_back(activity->second.name);
    }
    return join(names);
  }

  void expect_event(const Words& words) {
    const auto events = host_.events(0);
    const auto detail = join(Words(words.begin() + 1, words.end()));
    if (std::none_of(events.begin(), events.end(),
                     [&](const engine::EventView& e) { return e.type == words[0] && e.detail == detail; }))
      unmet("no such event");
  }

  std::size_t incidents() {
    const auto activities = host_.activities(0);
    return static_cast<std::size_t>(
        std::count_if(activities.begin(), activities.end(), [](const auto& a) { return a.failed; }));
  }

  std::filesystem::path path_;
  Host& host_;
  int latest_ = -1;
  std::map<std::string, int> named_;
};

TimePoint Player::add_duration(TimePoint from, const std::string& text) {
  const auto duration = parse_duration(text);
  if (!duration) unmet("no duration: " + text);
  const auto later = echoflow::add(from, *duration);
  if (!later) unmet("out of range: " + text);
  return *later;
}

}  // namespace

void play(const std::string& scenario_path, Host& host) {
  Player(scenario_path, host).run(read_scenario(scenario_path));
}

}  // namespace echoflow::scenario

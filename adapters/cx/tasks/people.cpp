#include <algorithm>
#include <set>

#include "adapters/cx/tasks/service.hpp"

/// Agents, and who gets what.
namespace echoflow::tasks {

Actor TaskService::actor(const std::string& user, const People& extra_groups) const {
  Actor actor;
  actor.user = user;
  actor.groups = extra_groups;
  std::lock_guard lock(people_mutex_);
  if (const auto* agent = desk_.find(user)) {
    actor.groups.insert(actor.groups.end(), agent->groups.begin(), agent->groups.end());
    actor.supervised_groups = agent->supervises;
  }
  std::sort(actor.groups.begin(), actor.groups.end());
  actor.groups.erase(std::unique(actor.groups.begin(), actor.groups.end()), actor.groups.end());
  return actor;
}

std::vector<assignment::Agent> TaskService::agents() const {
  std::lock_guard lock(people_mutex_);
  std::vector<assignment::Agent> agents;
  for (const auto& [user, agent] : desk_.agents()) agents.push_back(agent);
  return agents;
}

std::vector<std::string> TaskService::addresses(const std::string& recipient) const {
  if (recipient.find('@') != std::string::npos) return {recipient};
  std::vector<std::string> found;
  std::lock_guard lock(people_mutex_);
  for (const auto& [user, agent] : desk_.agents())
    if (!agent.address.empty() && contains({recipient}, user, agent.groups)) found.push_back(agent.address);
  return found;
}

assignment::Load TaskService::load(const std::string& user) const {
  std::lock_guard lock(people_mutex_);
  return desk_.load(user);
}

Answer<void> TaskService::commit_document(engine::DocumentRow row) {
  // A document has no stream of its own; all of one start are journalled in one.
  engine::Turn turn;
  turn.stream = true;
  if (people_stream_ == 0) {
    auto id = ids_.take();
    if (!id) return fail(Failure{FailureKind::unavailable, "unavailable", id.error().message});
    people_stream_ = *id;
  }
  turn.instance.id = people_stream_;
  turn.journal.instance = people_stream_;
  turn.journal.seq = people_seq_ + 1;
  turn.journal.at = clock_.now();
  turn.records.push_back(std::move(row));
  if (auto written = store_.commit({&turn, 1}); !written)
    return fail(Failure{FailureKind::unavailable, "unavailable", written.error().message});
  ++people_seq_;
  return {};
}

Answer<void> TaskService::put_agent(assignment::Agent agent) {
  const std::string user = agent.user;
  {
    std::lock_guard lock(people_mutex_);
    if (auto written = commit_document({"agent", agent.user, assignment::encode_agent(agent), false}); !written)
      return written;
    desk_.put(std::move(agent));
  }
  want_route(owners_of_agent(user));
  return {};
}

Answer<void> TaskService::remove_agent(const std::string& user) {
  {
    std::lock_guard lock(people_mutex_);
    if (!desk_.find(user))
      return fail(Failure{FailureKind::not_found, "unknown-agent", "There is no agent '" + user + "'."});
    if (auto written = commit_document({"agent", user, {}, true}); !written) return written;
    desk_.remove(user);
  }
  give_back_all(user);
  return {};
}

Answer<assignment::Agent> TaskService::set_presence(const std::string& user, assignment::Presence presence) {
  assignment::Agent agent;
  {
    std::lock_guard lock(people_mutex_);
    const auto* known = desk_.find(user);
    if (!known) return fail(Failure{FailureKind::not_found, "unknown-agent", "There is no agent '" + user + "'."});
    agent = *known;
    if (agent.presence == presence) return agent;
    agent.presence = presence;
    agent.present_since = clock_.now();
    if (auto written = commit_document({"agent", user, assignment::encode_agent(agent), false}); !written)
      return fail(written.error());
    desk_.put(agent);
  }
  if (presence == assignment::Presence::offline && agent.automatic) give_back_all(user);
  want_route(owners_of_agent(user));
  return agent;
}

void TaskService::give_back_all(const std::string& user) {
  engine::TaskFilter filter;
  filter.owner = user;
  filter.states = {"reserved", "inProgress"};
  filter.limit = 1000;
  auto rows = store_.cx().tasks(filter);
  if (!rows) return;
  for (const auto& row : *rows) {
    auto requeue = command(Operation::requeue);
    requeue.text = user + " has left";
    if (act(row.id, requeue)) ++counters_.requeued;
  }
}

std::string TaskService::last_agent_of(const std::string& customer) const {
  if (customer.empty()) return {};
  engine::TaskFilter filter;
  filter.customer = customer;
  filter.states = {"completed"};
  auto rows = store_.cx().tasks(filter);
  if (!rows) return {};
  std::string agent;
  TimePoint latest{INT64_MIN};
  for (const auto& row : *rows) {
    const auto task = task_of(row);
    if (task.owner.empty() || task.ended_at < latest) continue;
    latest = task.ended_at;
    agent = task.owner;
  }
  return agent;
}

/// Is anybody there who could take anything that is offered to this group or user?
bool TaskService::has_room(const std::string& owner) const {
  for (const auto& [user, agent] : desk_.agents()) {
    const bool there =
        agent.presence == assignment::Presence::online || agent.presence == assignment::Presence::transfers_only;
    const std::uint32_t capacity = agent.capacity ? agent.capacity : 100;
    if (agent.automatic && there && contains({owner}, user, agent.groups) && desk_.load(user).used < capacity)
      return true;
  }
  return false;
}

std::vector<std::string> TaskService::owners_of_agent(const std::string& user) const {
  std::lock_guard lock(people_mutex_);
  const auto* agent = desk_.find(user);
  if (!agent || !agent->automatic) return {};
  std::vector<std::string> owners = {user};
  for (const auto& group : agent->groups) owners.push_back("group:" + group);
  return owners;
}

void TaskService::want_route(const std::vector<std::string>& owners) {
  if (owners.empty()) return;
  std::lock_guard lock(mutex_);
  to_route_.insert(owners.begin(), owners.end());
  more_ = true;
  wake_.notify_all();
}

bool TaskService::route(TimePoint now) {
  std::set<std::string> owners;
  {
    std::lock_guard lock(mutex_);
    std::swap(owners, to_route_);
    for (auto it = to_route_at_.begin(); it != to_route_at_.end();) {
      if (it->second <= now.micros) owners.insert(it->first);
      it = it->second <= now.micros ? to_route_at_.erase(it) : std::next(it);
    }
  }
  for (const auto& owner : owners) {
    if (route_group(owner, now)) continue;
    // The store cannot be read now: all of them again.
    want_route({owners.begin(), owners.end()});
    return false;
  }
  return true;
}

bool TaskService::route_group(const std::string& owner, TimePoint now) {
  engine::TaskFilter filter;
  filter.potential_owners = {owner};
  filter.states = {"ready"};
  filter.limit = 100;
  for (std::size_t seen = 0; seen < options_.routed_at_once; seen += filter.limit) {
    {
      std::lock_guard lock(people_mutex_);
      if (!has_room(owner)) return true;
    }
    auto rows = store_.cx().tasks(filter);
    if (!rows) return false;
    for (const auto& row : *rows) {
      const auto task = task_of(row);
      if (task.creation.is_notification) continue;
      const auto last_agent = last_agent_of(task.creation.customer);
      assignment::Choice choice;
      {
        std::lock_guard lock(people_mutex_);
        choice = assignment::choose(assignment::wish_of(task, last_agent, options_.assignment), desk_,
                                    options_.assignment, now);
      }
      if (choice.explanation.chosen.empty()) {
        if (choice.ask_again == TimePoint{}) continue;
        std::lock_guard lock(mutex_);
        auto& at = to_route_at_.try_emplace(owner, INT64_MAX).first->second;
        at = std::min(at, choice.ask_again.micros);
        continue;
      }
      auto assign = command(Operation::assign);
      assign.user = choice.explanation.chosen;
      assign.people = actor(assign.user).groups;
      assign.until = {now.micros + options_.assignment.begin_within};
      assign.text = choice.explanation.summary;
      assign.explanation = std::move(choice.explanation);
      // Somebody may have claimed it meanwhile: then it is his.
      if (act(task.id, assign)) ++counters_.assigned;
    }
    if (rows->size() < filter.limit) return true;
    const auto& last = rows->back();
    filter.after = engine::TaskCursor{last.priority, last.created_at, last.id};
  }
  return true;
}

}  // namespace echoflow::tasks

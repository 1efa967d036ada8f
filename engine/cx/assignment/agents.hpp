#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/result.hpp"
#include "models/base/time.hpp"
#include "models/records/wire.hpp"

/// Who works here: what they can, whether they are there, and how much they have at hand.
namespace echoflow::assignment {

/// Stored numbers.
enum class Presence : std::uint8_t {
  offline = 0,
  online = 1,
  away = 2,
  busy = 3,
  wrap_up = 4,         ///< finishing the last contact
  transfers_only = 5,  ///< takes what colleagues hand over, nothing new
};
std::string_view to_string(Presence presence);
std::optional<Presence> presence_named(std::string_view name);

struct Skill {
  std::string name;
  std::uint32_t level = 0;  ///< proficiency, 1 … 5
  template <class V>
  void fields(V& v) {
    v(1, name);
    v(2, level);
  }
};

/// An agent as kept in the database (kind "agent", under the user's name).
struct Agent {
  std::string user;
  std::string name;                 ///< as shown
  std::vector<std::string> groups;  ///< ascending
  std::vector<std::string> supervises;
  std::vector<Skill> skills;
  std::vector<std::string> languages;  ///< ISO 639-1
  std::uint32_t capacity = 0;          ///< percent; 0: 100
  std::string address;                 ///< of mails
  Presence presence = Presence::offline;
  TimePoint present_since;
  bool automatic = false;  ///< tasks are assigned to him; else he claims what he likes
  template <class V>
  void fields(V& v) {
    v(1, user);
    v(2, name);
    v(3, groups);
    v(4, supervises);
    v(5, skills);
    v(6, languages);
    v(7, capacity);
    v(8, address);
    v(9, presence);
    v(10, present_since);
    v(11, automatic);
  }
};
std::string encode_agent(const Agent& agent);
Result<Agent> decode_agent(std::string_view bytes);

/// What an agent has at hand.
struct Load {
  std::uint32_t used = 0;   ///< percent
  std::uint32_t tasks = 0;  ///< reserved or in progress
  TimePoint idle_since;     ///< end of the last task; 0: none yet
};

/// Agents and their loads by user.
class Desk {
 public:
  void put(Agent agent) { agents_.insert_or_assign(agent.user, std::move(agent)); }
  void remove(const std::string& user) { agents_.erase(user); }
  const Agent* find(const std::string& user) const;
  const std::map<std::string, Agent>& agents() const { return agents_; }
  const Load& load(const std::string& user) const;
  void take(const std::string& user, std::uint32_t weight);
  void give_back(const std::string& user, std::uint32_t weight, TimePoint at);

 private:
  std::map<std::string, Agent> agents_;
  std::map<std::string, Load> loads_;
};

}  // namespace echoflow::assignment

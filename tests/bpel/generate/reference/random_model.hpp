#pragma once
#include <random>
#include <string>
#include <vector>

namespace echoflow::generate::reference {

/// How a random model is made.
enum class Shape : std::uint8_t {
  blocks,     ///< blocks inside of blocks: all gateways, loops, timers
  branching,  ///< blocks, some of whose ways end or go elsewhere
  acyclic,    ///< every node leads to later ones, gateways where they fall
  cyclic,     ///< one token, and flows back wherever they fall
  tangled,    ///< cycles and parallel flows, as they fall
  scopes,     ///< blocks with sub-processes, boundary events, event sub-processes, transactions, compensation
};
inline constexpr Shape shapes[] = {Shape::blocks, Shape::branching, Shape::acyclic,
                                   Shape::cyclic, Shape::tangled,   Shape::scopes};
std::string_view name_of(Shape shape);

/// BPMN 2.0 of one process: script tasks t1, t2 … that leave marks or count ("n = n + 1"), timers of whole seconds,
/// flags v1 … v4 and the number n as start variables. The same seed gives the same model.
std::string random_model(Shape shape, unsigned seed);

/// The parts that a model is put together from.
class Draft {
 public:
  explicit Draft(unsigned seed) : random_(seed) {}

  int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  bool chance(int percent) { return pick(100) < percent; }
  std::string fresh(const std::string& prefix) { return prefix + std::to_string(++number_); }

  std::string task();
  std::string event(const std::string& element, const std::string& definition, const std::string& attributes = {});
  std::string timer();
  std::string gateway(const std::string& kind, const std::string& attributes = {});
  void flow(const std::string& from, const std::string& to, const std::string& condition = {});
  void otherwise(const std::string& from, const std::string& to);
  std::string flag();

  /// What is written from here on stands in an element of its own.
  void open();
  std::string close(const std::string& element, const std::string& id, const std::string& attributes = {},
                    const std::string& first = {});
  void add(const std::string& xml) { body_.back() += xml; }
  std::string text(const std::string& id);

 private:
  std::mt19937 random_;
  int number_ = 0;
  std::vector<std::string> body_{std::string()};
  std::vector<std::pair<std::string, std::string>> defaults_;  ///< node, flow
};

}  // namespace echoflow::generate::reference

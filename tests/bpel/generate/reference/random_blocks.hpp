#pragma once
#include <string>

#include "tests/bpel/generate/reference/random_model.hpp"

namespace echoflow::generate::reference {

/// Blocks inside of blocks. Each function goes on from a node and gives the last one, "" where no token comes out.
class RandomBlocks {
 public:
  RandomBlocks(Draft& draft, Shape shape) : draft_(draft), shape_(shape) {}

  void process();

 private:
  std::string run(std::string from, int depth);
  std::string block(const std::string& from, int depth);
  std::string split(const std::string& from, const std::string& kind, int depth);
  std::string events(const std::string& from, int depth);
  std::string loop(const std::string& from, int depth);
  std::string repeated(const std::string& from);
  std::string sub_process(const std::string& from, int depth);
  std::string transaction(const std::string& from, int depth);
  std::string compensated(const std::string& from);
  std::string link(const std::string& from);
  void boundary(const std::string& activity, const std::string& definition, bool interrupting, int depth,
                const std::string& meet);
  void event_sub_process(int depth);
  void inside(int depth, bool throws);
  std::string end(const std::string& from, bool throws);
  std::string way(const std::string& from, int depth);

  Draft& draft_;
  Shape shape_;
  int inside_ = 0;  ///< sub-processes around
};

}  // namespace echoflow::generate::reference

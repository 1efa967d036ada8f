#pragma once
// Inside models/xml only.
#include <atomic>
#include <cstddef>
#include <mutex>
#include <xercesc/framework/MemoryManager.hpp>

namespace echoflow::xml {

/// Memory for Xerces with an upper bound, since a few lines of schema (nested maxOccurs) can ask for any amount. What
/// is still held when it ends is freed then: Xerces drops its own blocks when memory ends.
class BudgetMemory final : public xercesc::MemoryManager {
 public:
  explicit BudgetMemory(std::size_t bytes) : left_(bytes) {}
  ~BudgetMemory() override;
  BudgetMemory(const BudgetMemory&) = delete;
  BudgetMemory& operator=(const BudgetMemory&) = delete;

  /// Throws xercesc::OutOfMemoryException beyond the budget.
  void* allocate(XMLSize_t size) override;
  void deallocate(void* block) override;
  xercesc::MemoryManager* getExceptionMemoryManager() override;
  bool was_exceeded() const { return exceeded_; }

 private:
  struct alignas(alignof(std::max_align_t)) Block {
    Block* next;
    Block* previous;
    std::size_t size;
  };

  std::mutex mutex_;  // grammars may be asked for memory by several validating threads
  Block* first_ = nullptr;
  std::size_t left_;
  std::atomic<bool> exceeded_ = false;
};

}  // namespace echoflow::xml

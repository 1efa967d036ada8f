#include "models/xml/budget_memory.hpp"

#include <cstdlib>
#include <xercesc/util/OutOfMemoryException.hpp>
#include <xercesc/util/PlatformUtils.hpp>

namespace echoflow::xml {

BudgetMemory::~BudgetMemory() {
  while (first_ != nullptr) {
    Block* next = first_->next;
    std::free(first_);
    first_ = next;
  }
}

void* BudgetMemory::allocate(XMLSize_t size) {
  const std::scoped_lock lock(mutex_);
  const std::size_t needed = size + sizeof(Block);
  Block* block = needed > left_ ? nullptr : static_cast<Block*>(std::malloc(needed));
  if (block == nullptr) {
    exceeded_ = true;
    throw xercesc::OutOfMemoryException();
  }
  left_ -= needed;
  *block = {first_, nullptr, needed};
  if (first_ != nullptr) first_->previous = block;
  first_ = block;
  return block + 1;
}

void BudgetMemory::deallocate(void* memory) {
  if (memory == nullptr) return;
  const std::scoped_lock lock(mutex_);
  Block* block = static_cast<Block*>(memory) - 1;
  left_ += block->size;
  (block->previous == nullptr ? first_ : block->previous->next) = block->next;
  if (block->next != nullptr) block->next->previous = block->previous;
  std::free(block);
}

xercesc::MemoryManager* BudgetMemory::getExceptionMemoryManager() {
  return xercesc::XMLPlatformUtils::fgMemoryManager;
}

}  // namespace echoflow::xml

#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace echoflow::understanding {

/// FNV-1a, byte by byte, so that the hashes of all beginnings of a word come in one pass.
struct Hash {
  std::uint64_t value = 14695981039346656037u;
  constexpr void add(char byte) {
    value ^= static_cast<unsigned char>(byte);
    value *= 1099511628211u;
  }
  constexpr void add(std::string_view bytes) {
    for (char byte : bytes) add(byte);
  }
};

constexpr std::uint64_t hash_of(std::string_view text) {
  Hash hash;
  hash.add(text);
  return hash.value;
}

/// Spreads a hash whose low bits will be used.
constexpr std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 33)) * 0xff51afd7ed558ccdu;
  return z ^ (z >> 33);
}

/// From hashes of words to numbers: open addressing, filled once, then only read. Two words with the same 64 bits would
/// be taken for one another; that is accepted.
class HashIndex {
 public:
  static constexpr std::uint32_t none = 0xffffffffu;

  /// The number of this hash; none when it is not there.
  std::uint32_t find(std::uint64_t hash) const {
    if (slots_.empty()) return none;
    for (std::size_t i = mixed(hash) & mask_;; i = (i + 1) & mask_) {
      if (slots_[i].number == none || slots_[i].hash == hash) return slots_[i].number;
    }
  }
  /// Adds a hash, or gives the number that it already has.
  std::uint32_t add(std::uint64_t hash, std::uint32_t number) {
    if (2 * (count_ + 1) > slots_.size()) grow();
    return place(hash, number);
  }
  std::size_t size() const { return count_; }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t number = none;
  };
  std::uint32_t place(std::uint64_t hash, std::uint32_t number) {
    for (std::size_t i = mixed(hash) & mask_;; i = (i + 1) & mask_) {
      if (slots_[i].number == none) {
        slots_[i] = {hash, number};
        ++count_;
        return number;
      }
      if (slots_[i].hash == hash) return slots_[i].number;
    }
  }
  void grow() {
    std::vector<Slot> old = std::move(slots_);
    slots_.assign(old.empty() ? 16 : old.size() * 2, {});
    mask_ = slots_.size() - 1;
    count_ = 0;
    for (const auto& slot : old)
      if (slot.number != none) place(slot.hash, slot.number);
  }

  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
  std::size_t count_ = 0;
};

}  // namespace echoflow::understanding

#pragma once
#include <array>
#include <bitset>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "engine/cx/kpis/bytes.hpp"

namespace echoflow::kpis {

/// Things by name in many small parts, so that only the parts that changed are saved.
template <class T>
class Shards {
 public:
  static constexpr std::size_t parts = 256;

  /// For reading.
  const T* find(std::string_view key) const {
    const auto& shard = shards_[part_of(key)];
    const auto found = shard.find(key);
    return found == shard.end() ? nullptr : &found->second;
  }
  /// For changing: its part will be saved.
  T* change(std::string_view key) {
    auto& shard = shards_[part_of(key)];
    const auto found = shard.find(key);
    if (found == shard.end()) return nullptr;
    changed_.set(part_of(key));
    return &found->second;
  }
  T& add(const std::string& key) {
    auto [entry, added] = shards_[part_of(key)].try_emplace(key);
    if (added) ++size_;
    changed_.set(part_of(key));
    return entry->second;
  }
  void remove(std::string_view key) {
    auto& shard = shards_[part_of(key)];
    const auto found = shard.find(key);
    if (found == shard.end()) return;
    shard.erase(found);
    --size_;
    changed_.set(part_of(key));
  }
  std::size_t size() const { return size_; }
  template <class Visit>
  void each(Visit&& visit) const {
    for (const auto& shard : shards_)
      for (const auto& [key, value] : shard) visit(key, value);
  }

  /// Calls with the number and bytes of every part that changed since the last time.
  template <class Visit>
  void save_changed(Visit&& visit) {
    for (std::size_t part = 0; part < parts; ++part)
      if (changed_.test(part)) visit(part, encode(part));
    changed_.reset();
  }
  void mark_all() { changed_.set(); }
  /// False when the bytes are broken.
  bool load(std::size_t part, std::string_view bytes) {
    records::PayloadReader no_payload{{}};
    records::Decoder in(bytes, no_payload);
    while (!in.at_end()) {
      Entry entry;
      if (part >= parts || !in.record(entry)) return false;
      if (shards_[part].insert_or_assign(std::move(entry.key), std::move(entry.value)).second) ++size_;
    }
    return in.ok();
  }

 private:
  struct Entry {
    std::string key;
    T value;
    template <class V>
    void fields(V& v) {
      v(1, key);
      v(2, value);
    }
  };
  /// FNV-1a: the same on every machine, since it decides where something is saved.
  static std::size_t part_of(std::string_view key) {
    std::uint32_t hash = 2'166'136'261u;
    for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619u;
    return (hash ^ hash >> 16) % parts;
  }
  std::string encode(std::size_t part) const {
    std::string out;
    records::PayloadWriter no_payload;
    records::Encoder encoder(out, no_payload);
    for (const auto& [key, value] : shards_[part]) encoder.record(Entry{key, value});
    return out;
  }

  std::array<std::map<std::string, T, std::less<>>, parts> shards_;
  std::bitset<parts> changed_;
  std::size_t size_ = 0;
};

}  // namespace echoflow::kpis

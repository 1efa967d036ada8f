#include "models/xml/name_table.hpp"

#include <cstring>
#include <random>
#include <stdexcept>

namespace echoflow::xml {
namespace {

// A seed of the running program, so that nobody can prepare names that collide. It changes where an index is stored,
// never which index a name gets.
std::uint64_t seed() {
  static const std::uint64_t value = [] {
    std::random_device device;
    return (std::uint64_t{device()} << 32) | device();
  }();
  return value;
}

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  const auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t load(const char* p, std::size_t n) {
  std::uint64_t word = 0;
  std::memcpy(&word, p, n);
  return word;
}

std::uint64_t hash(std::string_view text) {
  std::uint64_t h = seed() ^ text.size();
  const char* p = text.data();
  std::size_t left = text.size();
  for (; left >= 8; p += 8, left -= 8) h = mix(h ^ load(p, 8), 0x9e3779b97f4a7c15u);
  if (left != 0) h = mix(h ^ load(p, left), 0x9e3779b97f4a7c15u);
  return mix(h, 0xd6e8feb86659fd93u);
}

std::uint64_t hash(StringIndex ns, StringIndex local) {
  return mix(seed() ^ ((std::uint64_t{ns} << 32) | local), 0x9e3779b97f4a7c15u);
}

constexpr std::size_t first_slots = 32;

}  // namespace

NameTable::NameTable() {
  clear();
}

void NameTable::clear() {
  pool_.clear();
  names_.clear();
  string_slots_.assign(first_slots, 0);
  name_slots_.assign(first_slots, 0);
  strings_.assign(1, {0, 0});
  string_slot({}) = 1;
}

std::uint32_t& NameTable::string_slot(std::string_view wanted) {
  const std::size_t mask = string_slots_.size() - 1;
  std::size_t i = hash(wanted) & mask;
  while (string_slots_[i] != 0 && text(string_slots_[i] - 1) != wanted) i = (i + 1) & mask;
  return string_slots_[i];
}

std::uint32_t& NameTable::name_slot(StringIndex ns, StringIndex local) {
  const std::size_t mask = name_slots_.size() - 1;
  std::size_t i = hash(ns, local) & mask;
  while (name_slots_[i] != 0) {
    const Name& name = names_[name_slots_[i] - 1];
    if (name.ns == ns && name.local == local) break;
    i = (i + 1) & mask;
  }
  return name_slots_[i];
}

StringIndex NameTable::intern(std::string_view wanted) {
  if (wanted.empty()) return 0;
  std::uint32_t* slot = &string_slot(wanted);
  if (*slot != 0) return *slot - 1;
  if (pool_.size() + wanted.size() > 0xfffffff0u) throw std::length_error("the names of an XML document exceed 4 GB");
  if ((strings_.size() + 1) * 2 > string_slots_.size()) {
    grow_strings();
    slot = &string_slot(wanted);
  }
  strings_.push_back({static_cast<std::uint32_t>(pool_.size()), static_cast<std::uint32_t>(wanted.size())});
  pool_.append(wanted);
  *slot = static_cast<std::uint32_t>(strings_.size());
  return *slot - 1;
}

NameIndex NameTable::intern_name(StringIndex ns, StringIndex local) {
  std::uint32_t* slot = &name_slot(ns, local);
  if (*slot != 0) return *slot - 1;
  if ((names_.size() + 1) * 2 > name_slots_.size()) {
    grow_names();
    slot = &name_slot(ns, local);
  }
  names_.push_back({ns, local});
  *slot = static_cast<std::uint32_t>(names_.size());
  return *slot - 1;
}

StringIndex NameTable::find(std::string_view wanted) const {
  const std::uint32_t found = const_cast<NameTable*>(this)->string_slot(wanted);  // looks only
  return found == 0 ? no_name : found - 1;
}

NameIndex NameTable::find(std::string_view ns, std::string_view local) const {
  const StringIndex l = find(local);
  if (l == no_name) return no_name;
  const StringIndex n = find(ns);
  if (n == no_name) return no_name;
  const std::uint32_t found = const_cast<NameTable*>(this)->name_slot(n, l);  // looks only
  return found == 0 ? no_name : found - 1;
}

void NameTable::grow_strings() {
  string_slots_.assign(string_slots_.size() * 2, 0);
  for (std::uint32_t i = 0; i < strings_.size(); ++i) string_slot(text(i)) = i + 1;
}

void NameTable::grow_names() {
  name_slots_.assign(name_slots_.size() * 2, 0);
  for (std::uint32_t i = 0; i < names_.size(); ++i) name_slot(names_[i].ns, names_[i].local) = i + 1;
}

std::size_t NameTable::memory_bytes() const {
  return pool_.capacity() + strings_.capacity() * sizeof(Span) + names_.capacity() * sizeof(Name) +
         (string_slots_.capacity() + name_slots_.capacity()) * sizeof(std::uint32_t);
}

}  // namespace echoflow::xml

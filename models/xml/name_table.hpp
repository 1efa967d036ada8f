#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace echoflow::xml {

/// Index of an interned (namespace, local) name in its document.
using NameIndex = std::uint32_t;
inline constexpr NameIndex no_name = 0xffffffffu;
/// Index of an interned string; 0 is the empty string.
using StringIndex = std::uint32_t;

/// The strings and names of one document, each kept once. Everything lies in flat buffers, so that a copy is a few
/// memory copies. Indexes are given in order of first use and never change.
class NameTable {
 public:
  NameTable();

  StringIndex intern(std::string_view text);
  NameIndex intern(std::string_view ns, std::string_view local) { return intern_name(intern(ns), intern(local)); }
  NameIndex intern_name(StringIndex ns, StringIndex local);
  /// no_name when the string was never interned.
  StringIndex find(std::string_view text) const;
  /// no_name when the name was never interned.
  NameIndex find(std::string_view ns, std::string_view local) const;

  std::string_view text(StringIndex i) const { return {pool_.data() + strings_[i].offset, strings_[i].length}; }
  StringIndex ns_index(NameIndex n) const { return names_[n].ns; }
  StringIndex local_index(NameIndex n) const { return names_[n].local; }
  std::string_view ns(NameIndex n) const { return text(names_[n].ns); }
  std::string_view local(NameIndex n) const { return text(names_[n].local); }
  std::size_t name_count() const { return names_.size(); }
  std::size_t string_count() const { return strings_.size(); }
  /// Forgets all names but keeps the memory.
  void clear();
  std::size_t memory_bytes() const;

 private:
  struct Span {
    std::uint32_t offset;
    std::uint32_t length;
  };
  struct Name {
    StringIndex ns;
    StringIndex local;
  };

  std::uint32_t& string_slot(std::string_view text);
  std::uint32_t& name_slot(StringIndex ns, StringIndex local);
  void grow_strings();
  void grow_names();

  std::string pool_;
  std::vector<Span> strings_;
  std::vector<Name> names_;
  // Open-addressed hash tables of index + 1; 0 is a free slot. Sizes are powers of two, at most half full.
  std::vector<std::uint32_t> string_slots_;
  std::vector<std::uint32_t> name_slots_;
};

}  // namespace echoflow::xml

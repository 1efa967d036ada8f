#pragma once
// Inside models/xml only: from the schemas of a deployment to the texts that Xerces compiles.
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/xml/schema.hpp"

namespace echoflow::xml {

/// The address under which the schema compiler asks for a text; nothing else has such an address.
std::string schema_address(std::size_t index);
std::optional<std::size_t> schema_index(std::string_view address);

/// The texts of a set of schemas: 0 is the main one, which imports all others and declares the two elements below.
struct SchemaTexts {
  std::vector<std::string> texts;
};

/// An element of any type, for validating content against a type by xsi:type.
inline constexpr std::string_view value_ns = "urn:echoflow:validation";
inline constexpr std::string_view value_local = "value";
/// An element that holds one declared element; the validator looks up a topmost one only when it has a namespace.
inline constexpr std::string_view holder_local = "holder";

/// Gathers all schema documents that belong together, points their includes and imports at one another, and joins the
/// documents of each namespace, since Xerces keeps one grammar for each namespace.
class SchemaLibrary {
 public:
  using Resolve = std::function<std::optional<std::string>(const std::string& file)>;

  SchemaLibrary(const Resolve& resolve, Diagnostics& findings) : resolve_(resolve), findings_(findings) {}

  void add(const SchemaSource& source);
  /// Call once, after all were added.
  SchemaTexts finish();
  /// The place in the deployment of a place in a text of finish().
  SourceLocation original(const SchemaTexts& texts, std::size_t text, Position at) const;

 private:
  struct Entry {
    std::string file;
    std::string ns;
    Document document;  ///< the schema alone, its positions those of the file
    NodeIndex schema = no_node;
    bool whole_file = false;
    bool joined = false;     ///< belongs to its namespace by itself, not only where something includes it
    bool redefined = false;  ///< the target of an xsd:redefine, which brings it in
    bool builtin = false;
  };
  struct Include {
    std::size_t from;
    NodeIndex at;
    std::size_t target;
  };

  Entry& add_entry(std::string file, const Document& source, NodeIndex schema);
  std::optional<std::size_t> load_file(const Entry& from, NodeIndex at, std::string_view location);
  void follow_references(std::size_t index);
  void follow_include(std::size_t index, NodeIndex at, bool redefine);
  void follow_import(std::size_t index, NodeIndex at);
  void add_missing_imports(Entry& entry);
  void add_import(Entry& entry, const std::string& ns);
  void use_builtin(std::string_view ns);
  bool is_known(std::string_view ns) const;
  void drop_repeated_components();
  void give_texts();
  void point_imports(Entry& entry);
  void report(const Entry& entry, NodeIndex at, std::string message, Severity severity = Severity::error);

  const Resolve& resolve_;
  Diagnostics& findings_;
  std::deque<Entry> entries_;  ///< entry i becomes text i + 1
  std::vector<Include> includes_;
  std::map<std::string, std::size_t> joins_;  ///< namespace → the text to import
  SchemaTexts out_;
};

}  // namespace echoflow::xml

#include "models/xml/schema_library.hpp"

#include <algorithm>
#include <charconv>

#include "models/base/namespaces.hpp"
#include "models/xml/reader.hpp"
#include "models/xml/schema_builtin.hpp"
#include "models/xml/schema_components.hpp"
#include "models/xml/tag_scan.hpp"
#include "models/xml/writer.hpp"

namespace echoflow::xml {
namespace {

constexpr std::string_view address_start = "schema:";

bool is_schema_element(const Document& d, NodeIndex n, std::string_view local) {
  return d.kind(n) == NodeKind::element && d.local_name(n) == local && d.namespace_uri(n) == ns::xsd;
}

std::string attribute_or_empty(const Document& d, NodeIndex n, std::string_view local) {
  return std::string(d.attribute(n, local).value_or(""));
}

// "a/b/c.xsd" and "../d.xsd" → "a/d.xsd". nullopt when it leads out of the deployment.
std::optional<std::string> join_path(std::string_view base_file, std::string_view location) {
  if (location.find("://") != std::string_view::npos) return std::string(location);
  const auto slash = base_file.rfind('/');
  std::string joined(slash == std::string_view::npos ? std::string_view{} : base_file.substr(0, slash + 1));
  joined += location.substr(0, location.find('#'));
  std::vector<std::string_view> steps;
  for (std::size_t from = 0; from <= joined.size();) {
    const std::size_t end = std::min(joined.find('/', from), joined.size());
    const std::string_view step = std::string_view(joined).substr(from, end - from);
    from = end + 1;
    if (step.empty() || step == ".") continue;
    if (step != "..") {
      steps.push_back(step);
    } else if (steps.empty()) {
      return std::nullopt;
    } else {
      steps.pop_back();
    }
  }
  std::string out;
  for (const std::string_view step : steps) (out += out.empty() ? "" : "/") += step;
  return out;
}

void declare_helpers(Document& main, NodeIndex schema) {
  main.set_attribute(main.append_element(schema, ns::xsd, "element", "xsd"), "", "name", value_local);
  const NodeIndex holder = main.append_element(schema, ns::xsd, "element", "xsd");
  main.set_attribute(holder, "", "name", holder_local);
  const NodeIndex type = main.append_element(holder, ns::xsd, "complexType", "xsd");
  const NodeIndex sequence = main.append_element(type, ns::xsd, "sequence", "xsd");
  main.set_attribute(main.append_element(sequence, ns::xsd, "any", "xsd"), "", "processContents", "strict");
}

}  // namespace

std::string schema_address(std::size_t index) {
  return std::string(address_start) + std::to_string(index);
}

std::optional<std::size_t> schema_index(std::string_view address) {
  if (!address.starts_with(address_start)) return std::nullopt;
  address.remove_prefix(address_start.size());
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(address.data(), address.data() + address.size(), index);
  if (error != std::errc() || end != address.data() + address.size()) return std::nullopt;
  return index;
}

SchemaLibrary::Entry& SchemaLibrary::add_entry(std::string file, const Document& source, NodeIndex schema) {
  Entry& entry = entries_.emplace_back();
  entry.file = std::move(file);
  entry.schema = entry.document.append_copy(root_node, source, schema);
  if (schema == root_node) entry.schema = entry.document.document_element();
  entry.ns = attribute_or_empty(entry.document, entry.schema, "targetNamespace");
  return entry;
}

void SchemaLibrary::add(const SchemaSource& source) {
  const bool whole_file = !source.is_inline && source.document->parent(source.schema) == root_node;
  for (Entry& known : entries_) {
    if (!whole_file || !known.whole_file || known.file != source.file) continue;
    known.joined = true;
    return;
  }
  Entry& entry = add_entry(source.file, *source.document, source.schema);
  entry.whole_file = whole_file;
  entry.joined = true;
}

void SchemaLibrary::report(const Entry& entry, NodeIndex at, std::string message, Severity severity) {
  const Position p = entry.document.position(at);
  findings_.push_back({"XSD", severity, std::move(message), {entry.file, p.line, p.column}});
}

SchemaTexts SchemaLibrary::finish() {
  for (std::size_t i = 0; i < entries_.size(); ++i) follow_references(i);
  use_builtin(ns::serviceref);
  for (std::size_t i = 0; i < entries_.size(); ++i) add_missing_imports(entries_[i]);
  for (Entry& entry : entries_)
    if (entry.redefined) entry.joined = false;
  drop_repeated_components();
  give_texts();
  return std::move(out_);
}

std::optional<std::size_t> SchemaLibrary::load_file(const Entry& from, NodeIndex at, std::string_view location) {
  const std::optional<std::string> file = join_path(from.file, location);
  if (!file) return std::nullopt;
  for (std::size_t i = 0; i < entries_.size(); ++i)
    if (entries_[i].whole_file && entries_[i].file == *file) return i;
  const std::optional<std::string> bytes = resolve_ ? resolve_(*file) : std::nullopt;
  if (!bytes) return std::nullopt;
  ReadOptions options;
  options.keep_positions = true;
  options.keep_comments = false;
  options.file = *file;
  auto document = read(*bytes, options);
  if (!document) {
    if (builtin_schema(attribute_or_empty(from.document, at, "namespace")) != nullptr) return std::nullopt;
    findings_.push_back({"XSD", Severity::error, document.error().message, document.error().where});
    return std::nullopt;
  }
  if (!is_schema_element(*document, document->document_element(), "schema")) {
    report(from, at, "the file " + *file + " is no XML Schema: name a file whose root is xsd:schema");
    return std::nullopt;
  }
  add_entry(*file, *document, document->document_element()).whole_file = true;
  return entries_.size() - 1;
}

void SchemaLibrary::follow_references(std::size_t index) {
  Entry& entry = entries_[index];
  NodeIndex next = no_node;
  for (NodeIndex n = entry.document.first_child_element(entry.schema); n != no_node; n = next) {
    next = entry.document.next_sibling_element(n);
    if (is_schema_element(entry.document, n, "import")) follow_import(index, n);
    if (is_schema_element(entry.document, n, "include")) follow_include(index, n, false);
    if (is_schema_element(entry.document, n, "redefine")) follow_include(index, n, true);
  }
}

void SchemaLibrary::follow_include(std::size_t index, NodeIndex at, bool redefine) {
  Entry& entry = entries_[index];
  const std::string location = attribute_or_empty(entry.document, at, "schemaLocation");
  const std::size_t before = findings_.size();
  const std::optional<std::size_t> target = load_file(entry, at, location);
  if (!target) {
    if (findings_.size() == before)
      report(entry, at,
             "the schema file \"" + location + "\" is not part of the deployment: add it or correct schemaLocation");
    return entry.document.remove(at);
  }
  Entry& included = entries_[*target];
  if (!included.ns.empty() && included.ns != entry.ns) {
    report(entry, at,
           "the file " + included.file + " has the target namespace \"" + included.ns +
               "\": use xsd:import for another namespace");
    return entry.document.remove(at);
  }
  if (redefine) included.redefined = true;
  includes_.push_back({index, at, *target});
}

void SchemaLibrary::follow_import(std::size_t index, NodeIndex at) {
  Entry& entry = entries_[index];
  const std::string ns = attribute_or_empty(entry.document, at, "namespace");
  const std::string location = attribute_or_empty(entry.document, at, "schemaLocation");
  if (location.empty()) return;
  const std::size_t before = findings_.size();
  const std::optional<std::size_t> target = load_file(entry, at, location);
  if (!target) {
    if (findings_.size() != before || is_known(ns) || builtin_schema(ns) != nullptr || ns == ns::xsd) return;
    report(entry, at,
           "the schema file \"" + location + "\" is not part of the deployment: add it or correct schemaLocation");
    return;
  }
  entries_[*target].joined = true;
  if (entries_[*target].ns != ns)
    report(entry, at,
           "the file " + entries_[*target].file + " has the target namespace \"" + entries_[*target].ns + "\", not \"" +
               ns + "\": correct the import's namespace");
}

bool SchemaLibrary::is_known(std::string_view ns) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.ns == ns; });
}

void SchemaLibrary::use_builtin(std::string_view ns) {
  const BuiltinSchema* builtin = builtin_schema(ns);
  if (builtin == nullptr || is_known(ns)) return;
  const auto document = read(builtin->text);
  if (!document) return;
  Entry& entry = add_entry("", *document, document->document_element());
  entry.joined = entry.builtin = true;
}

// Many schemas in WSDL files use a namespace without importing it, and toolkits let them.
void SchemaLibrary::add_missing_imports(Entry& entry) {
  std::vector<std::string> imported;
  NodeIndex next = no_node;
  for (NodeIndex n = entry.document.first_child_element(entry.schema); n != no_node; n = next) {
    next = entry.document.next_sibling_element(n);
    if (!is_schema_element(entry.document, n, "import")) continue;
    const std::string ns = attribute_or_empty(entry.document, n, "namespace");
    use_builtin(ns);
    if (ns != entry.ns && ns != ns::xsd) {
      imported.push_back(ns);
      continue;
    }
    if (ns == entry.ns)
      report(entry, n, "a schema cannot import its own target namespace: use xsd:include", Severity::warning);
    entry.document.remove(n);
  }
  if (entry.ns.empty()) return;  // an included one gets the namespace of whoever includes it
  for (const std::string& ns : referenced_namespaces(entry.document, entry.schema)) {
    if (ns == entry.ns || ns == ns::xsd || std::count(imported.begin(), imported.end(), ns) != 0) continue;
    use_builtin(ns);
    if (!is_known(ns)) continue;
    if (ns != ns::xml && !entry.builtin)
      report(entry, entry.schema,
             "the schema uses the namespace \"" + ns + "\" without importing it: add an xsd:import", Severity::warning);
    add_import(entry, ns);
  }
}

void SchemaLibrary::add_import(Entry& entry, const std::string& ns) {
  Document fragment;
  const NodeIndex import = fragment.append_element(root_node, ns::xsd, "import", "xsd");
  if (!ns.empty()) fragment.set_attribute(import, "", "namespace", ns);
  const NodeIndex first = entry.document.first_child(entry.schema);
  const NodeIndex added = first == no_node ? entry.document.append_copy(entry.schema, fragment, import)
                                           : entry.document.insert_copy_before(first, fragment, import);
  if (entry.document.has_positions()) entry.document.set_position(added, entry.document.position(entry.schema));
}

void SchemaLibrary::drop_repeated_components() {
  struct Seen {
    const Entry* entry;
    NodeIndex at;
    std::string content;
  };
  std::map<std::string, Seen> seen;  // by namespace, kind and name
  for (Entry& entry : entries_) {
    if (entry.redefined) continue;
    NodeIndex next = no_node;
    for (NodeIndex n = entry.document.first_child_element(entry.schema); n != no_node; n = next) {
      next = entry.document.next_sibling_element(n);
      const std::string key = component_key(entry.document, n);
      if (key.empty()) continue;
      const auto [first, is_new] =
          seen.try_emplace(entry.ns + "|" + key, Seen{&entry, n, component_content(entry.document, n)});
      if (is_new || first->second.entry == &entry) continue;
      if (first->second.content != component_content(entry.document, n)) {
        const Seen& other = first->second;
        const Position p = other.entry->document.position(other.at);
        report(entry, n,
               "the " + key + " of namespace \"" + entry.ns + "\" is defined otherwise in " + other.entry->file +
                   " line " + std::to_string(p.line) + ": keep one definition");
      }
      entry.document.remove(n);
    }
  }
}

void SchemaLibrary::give_texts() {
  std::map<std::string, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < entries_.size(); ++i)
    if (entries_[i].joined) members[entries_[i].ns].push_back(i + 1);
  std::vector<std::string> join_texts;
  for (const auto& [ns, texts] : members) {
    if (texts.size() == 1) {
      joins_[ns] = texts.front();
      continue;
    }
    Document join;
    const NodeIndex schema = join.append_element(root_node, ns::xsd, "schema", "xsd");
    if (!ns.empty()) join.set_attribute(schema, "", "targetNamespace", ns);
    for (const std::size_t text : texts)
      join.set_attribute(join.append_element(schema, ns::xsd, "include", "xsd"), "", "schemaLocation",
                         schema_address(text));
    joins_[ns] = entries_.size() + 1 + join_texts.size();
    join_texts.push_back(to_string(join));
  }
  for (const Include& i : includes_)
    entries_[i.from].document.set_attribute(i.at, "", "schemaLocation", schema_address(i.target + 1));
  Document main;
  const NodeIndex schema = main.append_element(root_node, ns::xsd, "schema", "xsd");
  main.set_attribute(schema, "", "targetNamespace", value_ns);
  for (const auto& [ns, text] : joins_) {
    const NodeIndex import = main.append_element(schema, ns::xsd, "import", "xsd");
    if (!ns.empty()) main.set_attribute(import, "", "namespace", ns);
    main.set_attribute(import, "", "schemaLocation", schema_address(text));
  }
  declare_helpers(main, schema);
  out_.texts.push_back(to_string(main));
  for (Entry& entry : entries_) {
    point_imports(entry);
    out_.texts.push_back(to_string(entry.document, entry.schema));
  }
  out_.texts.insert(out_.texts.end(), join_texts.begin(), join_texts.end());
}

void SchemaLibrary::point_imports(Entry& entry) {
  Document& d = entry.document;
  for (NodeIndex n = d.first_child_element(entry.schema); n != no_node; n = d.next_sibling_element(n)) {
    if (!is_schema_element(d, n, "import")) continue;
    const auto join = joins_.find(attribute_or_empty(d, n, "namespace"));
    if (join != joins_.end()) {
      d.set_attribute(n, "", "schemaLocation", schema_address(join->second));
    } else if (const NodeIndex location = d.find_attribute(n, "", "schemaLocation"); location != no_node) {
      d.remove(location);
    }
  }
}

SourceLocation SchemaLibrary::original(const SchemaTexts& texts, std::size_t text, Position at) const {
  if (text == 0 || text > entries_.size()) return {};
  const Entry& entry = entries_[text - 1];
  const TagScan scan = scan_tags(texts.texts[text], static_cast<std::size_t>(-1), true);
  const NodeIndex n = element_at(entry.document, entry.schema, scan, at);
  const Position p = n == no_node ? Position{} : entry.document.position(n);
  return {entry.file, p.line, p.column};
}

}  // namespace echoflow::xml

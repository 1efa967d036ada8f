#include <array>
#include <utility>

#include "bpel/parse/loaded_process.hpp"
#include "bpel/parse/process.hpp"
#include "bpel/source/document.hpp"
#include "bpel/source/text.hpp"
#include "bpel/wsdl/loader.hpp"
#include "models/base/namespaces.hpp"
#include "models/cx/description.hpp"
#include "models/cx/namespaces.hpp"

namespace echoflow::parse {
namespace {

FileKind kind_of(const xml::Document& document) {
  const auto root = document.qname(document.document_element());
  if (root == QName{std::string(ns::wsdl), "definitions"}) return FileKind::wsdl;
  if (root == QName{std::string(ns::xsd), "schema"}) return FileKind::schema;
  return FileKind::other;
}

ResolvedImport resolved_import(std::string file, const xml::Document& document) {
  const auto target = document.attribute(document.document_element(), "targetNamespace").value_or("");
  return {std::move(file), kind_of(document), std::string(source::trimmed(target))};
}

// An import without a location leaves it to the engine to find its namespace: the deployment is searched.
ResolvedImport search_by_namespace(const ast::Import& import, source::Documents& documents) {
  const auto wanted = import.import_type == ns::wsdl  ? FileKind::wsdl
                      : import.import_type == ns::xsd ? FileKind::schema
                                                      : FileKind::missing;
  if (wanted == FileKind::missing) return {};
  const std::string_view ending = wanted == FileKind::wsdl ? ".wsdl" : ".xsd";
  for (const auto& [path, bytes] : documents.set().files) {
    // Whether a file is sound matters only if it is the one.
    const auto document = path.ends_with(ending) ? documents.peek(path) : nullptr;
    if (!document) continue;
    auto found = resolved_import(path, *document);
    if (found.kind == wanted && found.target_namespace == import.ns.value_or("")) return found;
  }
  return {};
}

/// The import of the built-in services' description, which the server has; nullopt when it is none, or was not added to
/// the files.
std::optional<ResolvedImport> resolve_description(const ast::Import& import, const std::string& process_file,
                                                  source::Documents& documents) {
  const std::string builtin(cx::description_wsdl);
  if (import.ns.value_or("") != ns::cx || import.import_type != ns::wsdl) return std::nullopt;
  if (documents.set().find(builtin) == nullptr) return std::nullopt;
  const bool by_name = !import.location || *import.location == ns::cx;
  const auto file = by_name ? std::optional(builtin) : source::resolve(documents.set(), process_file, *import.location);
  const bool unnamed = !file && std::string_view(*import.location).ends_with("echoflow-cx.wsdl");
  if (!file && !unnamed) return std::nullopt;
  if (file && !cx::is_description(*documents.set().find(*file)))
    documents.findings().push_back(
        {"BPEL", Severity::error,
         "The file " + *file +
             " is not the description of the built-in services that this server has; leave it out: "
             "the server brings its own echoflow-cx.wsdl.",
         import.origin.where});
  const auto document = documents.get(builtin);
  if (!document) return std::nullopt;
  return resolved_import(builtin, *document);
}

// WS-BPEL 2.0 §5.4 Document Linking
ResolvedImport resolve_import(const ast::Import& import, const std::string& process_file,
                              source::Documents& documents) {
  if (const auto builtin = resolve_description(import, process_file, documents)) return *builtin;
  if (!import.location) return search_by_namespace(import, documents);
  const auto file = source::resolve(documents.set(), process_file, *import.location);
  if (!file) {
    const bool remote = source::is_remote(*import.location);
    documents.findings().push_back({"BPEL", remote ? Severity::warning : Severity::error,
                                    "The imported file \"" + *import.location + "\" is not in the deployment" +
                                        (remote ? ", and nothing is fetched from the network; add a copy of it."
                                                : "; add it or correct the location."),
                                    import.origin.where});
    return {};
  }
  const auto document = documents.get(*file);
  if (!document) return {*file, FileKind::other, ""};
  return resolved_import(*file, *document);
}

constexpr std::array<std::pair<std::string_view, SchemaComponent>, 6> components{
    {{"element", SchemaComponent::element},
     {"complexType", SchemaComponent::type},
     {"simpleType", SchemaComponent::type},
     {"attribute", SchemaComponent::attribute},
     {"group", SchemaComponent::group},
     {"attributeGroup", SchemaComponent::attribute_group}}};

class DefinitionLister {
 public:
  DefinitionLister(const wsdl::CollectedSchema& schema, std::size_t index, std::vector<SchemaDefinition>& out)
      : schema_(schema), document_(*schema.source.document), index_(index), out_(out) {}

  void list(xml::NodeIndex parent, bool redefinition) {
    for (auto child = document_.first_child_element(parent); child != xml::no_node;
         child = document_.next_sibling_element(child)) {
      if (document_.namespace_uri(child) != ns::xsd) continue;
      if (document_.local_name(child) == "redefine") list(child, true);
      add_if_named(child, redefinition);
    }
  }

 private:
  void add_if_named(xml::NodeIndex node, bool redefinition) {
    const auto name = source::trimmed(document_.attribute(node, "name").value_or(""));
    for (const auto& [element, component] : components) {
      if (name.empty() || document_.local_name(node) != element) continue;
      out_.push_back({component,
                      {schema_.target_namespace, std::string(name)},
                      index_,
                      node,
                      redefinition,
                      source::location_of(document_, node, schema_.source.file)});
    }
  }

  const wsdl::CollectedSchema& schema_;
  const xml::Document& document_;
  std::size_t index_;
  std::vector<SchemaDefinition>& out_;
};

// Only what is no part of another schema is compiled for itself; the rest comes in through it.
void compile(const std::vector<wsdl::CollectedSchema>& collected, LoadedProcess& out, Diagnostics& findings) {
  std::vector<xml::SchemaSource> roots;
  for (const auto& schema : collected) {
    DefinitionLister(schema, out.schema_sources.size(), out.schema_definitions).list(schema.source.schema, false);
    out.schema_sources.push_back(schema.source);
    if (schema.reach != wsdl::SchemaReach::included) roots.push_back(schema.source);
  }
  const auto* sources = out.sources;
  out.schemas = xml::compile_schemas(
      roots,
      [sources](const std::string& file) -> std::optional<std::string> {
        const auto found = source::resolve(*sources, "", file);
        return found ? std::optional(*sources->find(*found)) : std::nullopt;
      },
      findings);
}

}  // namespace

LoadedProcess load_process(const std::string& file, const source::SourceSet& sources, Diagnostics& findings) {
  LoadedProcess out;
  out.sources = &sources;
  out.process = parse_process(file, sources, findings);
  source::Documents documents(sources, findings);
  wsdl::Loader loader(documents);
  for (const auto& import : out.process.imports) {
    out.imports.push_back(resolve_import(import, file, documents));
    if (!out.imports.back().file.empty()) loader.add(out.imports.back().file);
  }
  out.definitions = loader.take_definitions();
  compile(loader.take_schemas(), out, findings);
  return out;
}

}  // namespace echoflow::parse

#include "models/xml/schema.hpp"

#include <algorithm>
#include <mutex>

#include "models/base/namespaces.hpp"
#include "models/base/sha256.hpp"
#include "models/xml/schema_components.hpp"
#include "models/xml/schema_library.hpp"
#include "models/xml/schema_pool.hpp"
#include "models/xml/substitution.hpp"
#include "models/xml/writer.hpp"

namespace echoflow::xml {
namespace {

/// Keeps the small tables and the texts; the grammars (some 100 KB) are compiled again when something is validated, so
/// that thousands of deployed processes cost little while nothing is.
class CompiledSchemas final : public SchemaSet {
 public:
  CompiledSchemas(SchemaTexts texts, SchemaNames names) : texts_(std::move(texts)), names_(std::move(names)) {}

  bool has_element(const QName& name) const override { return names_.elements.contains(name); }
  bool has_type(const QName& name) const override { return find_type(name) != nullptr; }
  std::optional<TypeInfo> type(const QName& name) const override {
    const TypeInfo* info = find_type(name);
    return info == nullptr ? std::nullopt : std::optional(*info);
  }
  std::optional<TypeInfo> element_type(const QName& name) const override {
    const auto found = names_.elements.find(name);
    return found == names_.elements.end() ? std::nullopt : std::optional(found->second);
  }
  bool may_stand_for(const QName& element, const QName& declared) const {
    const auto& heads = names_.substitution_heads;
    auto head = heads.find(element);
    // A chain that is longer than there are groups goes round in circles.
    for (std::size_t i = 0; i <= heads.size() && head != heads.end(); ++i) {
      if (head->second == declared) return true;
      head = heads.find(head->second);
    }
    return false;
  }

  std::vector<ValidationError> validate_element(const Document& document, NodeIndex element) const override {
    if (!has_element(document.qname(element)))
      return {{"no schema of the deployment declares the element " + document.qname(element).clark(),
               document.position(element)}};
    if (!document.namespace_uri(element).empty()) return validate(document, element, element, "");
    Document held;
    const NodeIndex holder = held.append_element(root_node, value_ns, holder_local, value_prefix);
    return validate(held, holder, held.append_copy(holder, document, element), "");
  }

  std::vector<ValidationError> validate_type(const Document& document, NodeIndex element,
                                             const QName& type) const override {
    if (!has_type(type))
      return {{"no schema of the deployment declares the type " + type.clark(), document.position(element)}};
    Document value;
    const NodeIndex copy = value.append_copy(root_node, document, element);
    const std::string name = qname_text(document, element);
    if (const auto own = value.attribute(copy, "type", ns::xsi)) {
      if (auto refusal = refuse_own_type(value, copy, *own, type)) return {{*refusal, document.position(element)}};
    } else if (type != QName{std::string(ns::xsd), "anyType"}) {
      set_type(value, copy, type);
    }
    value.rename(copy, value_ns, value_local, value_prefix);
    return validate(value, copy, copy, name);
  }

 private:
  static constexpr std::string_view value_prefix = "echoflow-value";
  static constexpr std::string_view type_prefix = "echoflow-type";

  const TypeInfo* find_type(const QName& name) const {
    const auto& types = name.ns == ns::xsd ? builtin_types() : names_.types;
    const auto found = types.find(name);
    return found == types.end() ? nullptr : &found->second;
  }

  static std::string qname_text(const Document& document, NodeIndex n) {
    std::string out(document.prefix(n));
    if (!out.empty()) out += ':';
    return out += document.local_name(n);
  }

  static void set_type(Document& value, NodeIndex element, const QName& type) {
    // A type without a namespace can only be named where there is no default namespace.
    value.declare_namespace(element, type.ns.empty() ? "" : type_prefix, type.ns);
    const std::string name = type.ns.empty() ? type.local : std::string(type_prefix) + ":" + type.local;
    value.set_attribute(element, ns::xsi, "type", name, "xsi");
  }

  // XML Schema part 1 §3.3.4: the type that an element names by xsi:type must be the declared one or derive from it.
  std::optional<std::string> refuse_own_type(const Document& value, NodeIndex element, std::string_view own,
                                             const QName& declared) const {
    const auto name = value.resolve_qname(element, own);
    const TypeInfo* info = name ? find_type(*name) : nullptr;
    if (info == nullptr) return "xsi:type names the type \"" + std::string(own) + "\", which no schema declares";
    if (*name == declared || std::count(info->ancestors.begin(), info->ancestors.end(), declared) != 0)
      return std::nullopt;
    return "xsi:type names the type " + name->clark() + ", which does not derive from " + declared.clark();
  }

  // The validator knows the element by its helper's name.
  static void show_own_name(std::string& message, const std::string& own) {
    for (const std::string_view helper : {"'echoflow-value:value'", "element 'value'"})
      if (const auto found = message.find(helper); found != std::string::npos)
        message.replace(message.find('\'', found), helper.size() - helper.find('\''), "'" + own + "'");
  }

  /// `top` is what the validator sees, `element` what the caller asked for; it is shown as `shown_name` if that is
  /// given.
  std::vector<ValidationError> validate(const Document& document, NodeIndex top, NodeIndex element,
                                        const std::string& shown_name) const {
    std::vector<ValidationError> out;
    for (ContentError& error : validate_text(pool(), to_string(document, top))) {
      NodeIndex at = element_number(document, top, error.element);
      if (at == no_node || at == top) at = element;
      const std::string name = at == element && !shown_name.empty() ? shown_name : qname_text(document, at);
      if (at == element && !shown_name.empty()) show_own_name(error.message, shown_name);
      out.push_back({"in element " + name + ": " + error.message, document.position(at)});
    }
    return out;
  }

  std::shared_ptr<const GrammarPool> pool() const {
    const std::scoped_lock lock(mutex_);
    if (!pool_) {
      std::vector<PoolError> told_when_compiled;
      pool_ = std::make_shared<GrammarPool>(texts_, told_when_compiled);
    }
    return pool_;
  }

  SchemaTexts texts_;
  SchemaNames names_;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const GrammarPool> pool_;
};

/// Sets of the same texts are one, while somebody holds it.
class SetCache {
 public:
  std::shared_ptr<const SchemaSet> find(const Sha256& key) {
    const std::scoped_lock lock(mutex_);
    const auto found = sets_.find(key);
    return found == sets_.end() ? nullptr : found->second.lock();
  }
  void keep(const Sha256& key, const std::shared_ptr<const SchemaSet>& set) {
    const std::scoped_lock lock(mutex_);
    std::erase_if(sets_, [](const auto& entry) { return entry.second.expired(); });
    sets_[key] = set;
  }

 private:
  std::mutex mutex_;
  std::map<Sha256, std::weak_ptr<const SchemaSet>> sets_;
};

Sha256 key_of(const SchemaTexts& texts) {
  std::string all;
  for (const std::string& text : texts.texts) (all += std::to_string(text.size()) += ':') += text;
  return sha256(all);
}

void report(const SchemaLibrary& library, const SchemaTexts& texts, const std::vector<PoolError>& errors,
            Diagnostics& findings) {
  for (const PoolError& error : errors) {
    Diagnostic finding{"XSD", Severity::error, error.message, {}};
    if (const auto text = schema_index(error.address)) finding.where = library.original(texts, *text, error.at);
    if (std::find(findings.begin(), findings.end(), finding) == findings.end()) findings.push_back(std::move(finding));
  }
}

using Resolve = std::function<std::optional<std::string>(const std::string& file)>;

std::shared_ptr<const SchemaSet> compile_set(const std::vector<SchemaSource>& sources, const Resolve& resolve,
                                             Diagnostics& findings, SetCache& cache) {
  SchemaLibrary library(resolve, findings);
  for (const SchemaSource& source : sources) library.add(source);
  SchemaTexts texts = library.finish();
  const Sha256 key = key_of(texts);
  if (auto known = cache.find(key)) return known;
  std::vector<PoolError> errors;
  SchemaNames names;
  {
    const GrammarPool pool(texts, errors);
    names = names_of(pool);
  }
  report(library, texts, errors, findings);
  auto set = std::make_shared<const CompiledSchemas>(std::move(texts), std::move(names));
  if (errors.empty()) cache.keep(key, set);
  return set;
}

}  // namespace

bool may_stand_for(const SchemaSet* schemas, const QName& element, const QName& declared) {
  if (element == declared) return true;
  const auto* compiled = dynamic_cast<const CompiledSchemas*>(schemas);
  return compiled != nullptr && compiled->may_stand_for(element, declared);
}

std::shared_ptr<const SchemaSet> compile_schemas(
    const std::vector<SchemaSource>& sources,
    const std::function<std::optional<std::string>(const std::string& file)>& resolve, Diagnostics& findings) {
  static SetCache cache;
  if (sources.empty()) {
    static const std::shared_ptr<const SchemaSet> none = compile_set({}, resolve, findings, cache);
    return none;
  }
  return compile_set(sources, resolve, findings, cache);
}

}  // namespace echoflow::xml

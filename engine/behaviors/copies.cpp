#include "engine/behaviors/copies.hpp"

#include "engine/behaviors/endpoints.hpp"
#include "engine/behaviors/messages.hpp"
#include "engine/behaviors/values.hpp"

namespace echoflow::engine::copies {

using program::FromSpec;
using program::ToSpec;
using program::ValueForm;

/// What a from-spec gave.
struct Copier::Value {
  replace::Source source;
  const program::MessageType* message = nullptr;  ///< a whole message, in `parts`
  Parts parts;
  bool missing = false;  ///< nothing was selected
  std::string what;      ///< for the fault when nothing may not be
};

namespace {

Fault uninitialized(const std::string& variable) {
  return standard_fault("uninitializedVariable",
                        "Variable " + variable + " has no value yet. Assign one before it is read.");
}

Fault selected_wrong(const std::string& what, std::size_t count) {
  return standard_fault("selectionFailure",
                        what + " selects " + std::to_string(count) + " items where exactly one is needed.");
}

/// "$variable" or "$variable.part" and nothing more: such a to-spec can also give a variable its first value.
bool is_plain_reference(const Expression& expression) {
  std::string_view text = expression.text();
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  if (text.size() < 2 || text.front() != '$' || expression.uses().size() != 1) return false;
  return text.find_first_of("/[]()|+*=<>,:$ \t\r\n'\"", 1) == std::string_view::npos;
}

xml::NodeRef content_node(xml::NodeRef node) {
  if (node.document->kind(node.node) == xml::NodeKind::document) node.node = node.document->document_element();
  return node;
}

constexpr std::size_t worth_compacting = 256;
constexpr std::size_t largest_value = std::size_t{256} << 20;

}  // namespace

ActivityId Copier::owner_of(program::VariableId variable) const {
  const Activity* owner = find_scope(context_.state(), names_, context_.program().variables[variable].scope);
  return owner == nullptr ? 0 : owner->id;
}

const program::MessageType& Copier::type_of(program::VariableId variable) const {
  return context_.program().message_types[context_.program().variables[variable].type];
}

std::optional<Fault> Copier::copy(const program::Copy& copy) {
  auto value = read(copy.from);
  if (!value) return std::move(value.error());
  if (value->missing) {
    if (copy.ignore_missing_from_data) return std::nullopt;
    return selected_wrong(value->what, 0);
  }
  return write(copy.to, *value, copy.keep_src_element_name);
}

// --- from-specs ------------------------------------------------------------------------------------------------------

Result<Copier::Value, Fault> Copier::read(const FromSpec& from) const {
  if (auto* variable = std::get_if<program::FromVariable>(&from)) return read_variable(*variable);
  if (auto* property = std::get_if<program::FromProperty>(&from))
    return read_variable({property->variable, property->alias.part, property->alias.query});
  if (auto* link = std::get_if<program::FromPartnerLink>(&from)) return read_partner_link(*link);
  if (auto* expression = std::get_if<program::FromExpression>(&from))
    return read_selection(*expression->expression, nullptr);
  const auto& literal = std::get<program::FromLiteral>(from);
  Value value;
  if (!literal.value) return value;
  auto element = literal.value->document_element();
  if (element != xml::no_node)
    value.source.node = {literal.value, element};
  else
    value.source.text = literal.value->string_value(xml::root_node);
  return value;
}

Result<Copier::Value, Fault> Copier::read_variable(const program::FromVariable& from) const {
  const auto& declared = context_.program().variables[from.variable];
  const auto& type = type_of(from.variable);
  const ActivityId owner = owner_of(from.variable);
  Value value;
  if (from.part == program::none && declared.is_message) {
    value.message = &type;
    bool any = type.parts.empty();
    for (std::uint32_t i = 0; i < type.parts.size(); ++i) {
      value.parts.push_back(current({owner, from.variable, i}));
      any = any || value.parts.back() != nullptr;
    }
    if (!any) return fail(uninitialized(declared.name));
    return value;
  }
  const std::uint32_t part = from.part == program::none ? 0 : from.part;
  auto document = current({owner, from.variable, part});
  if (!document) return fail(uninitialized(declared.name));
  const xml::NodeRef root{document, document->document_element()};
  if (from.query != nullptr) return read_selection(*from.query, &root);
  if (type.parts[part].form == ValueForm::simple)
    value.source.text = document->string_value(root.node);
  else
    value.source.node = root;
  return value;
}

Result<Copier::Value, Fault> Copier::read_selection(const Expression& expression, const xml::NodeRef* context) const {
  auto items = expression.evaluate(evaluation(), context);
  if (!items) return fail(std::move(items.error()));
  if (items->size() > 1) return fail(selected_wrong(expression.text(), items->size()));
  Value value;
  value.what = expression.text();
  value.missing = items->empty();
  if (value.missing) return value;
  if (auto* node = std::get_if<xml::NodeRef>(&items->front()))
    value.source.node = content_node(*node);
  else
    value.source.text = program::to_string(items->front());
  return value;
}

// WS-BPEL 2.0 §8.4: myRole or partnerRole as a sref:service-ref.
Result<Copier::Value, Fault> Copier::read_partner_link(const program::FromPartnerLink& from) const {
  EndpointReference endpoint;
  if (from.my_role) {
    if (context_.turn().my_address) endpoint.address = context_.turn().my_address(from.partner_link);
  } else if (auto written = endpoints_.find(from.partner_link); written != endpoints_.end()) {
    endpoint = written->second;
  } else {
    endpoint = messages::find_partner_link(context_, names_, from.partner_link).endpoint;
    if (!endpoint.service_ref && endpoint.address.empty())
      return fail(standard_fault("uninitializedPartnerRole",
                                 "Partner link " + context_.program().partner_links[from.partner_link].name +
                                     " has no partner endpoint yet."));
  }
  if (!endpoint.service_ref) endpoint.service_ref = endpoints::make_service_ref(endpoint.address);
  Value value;
  value.source.node = {endpoint.service_ref, endpoint.service_ref->document_element()};
  return value;
}

// --- to-specs --------------------------------------------------------------------------------------------------------

std::optional<Fault> Copier::write(const ToSpec& to, const Value& value, bool keep_source_name) {
  if (auto* variable = std::get_if<program::ToVariable>(&to)) return write_variable(*variable, value, keep_source_name);
  if (auto* property = std::get_if<program::ToProperty>(&to))
    return write_variable({property->variable, property->alias.part, property->alias.query}, value, keep_source_name);
  if (auto* link = std::get_if<program::ToPartnerLink>(&to)) return write_partner_link(link->partner_link, value);
  return write_expression(*std::get<program::ToExpression>(to).expression, value, keep_source_name);
}

void Copier::freeze(const xml::DocumentPtr& shared) {
  for (const auto& [key, written] : scratch_.values())
    if (written.own && written.own == shared) scratch_[key].own.reset();
}

std::optional<Fault> Copier::write_message(program::VariableId variable, const Value& value) {
  const auto& type = type_of(variable);
  if (value.message == nullptr || value.message->name != type.name)
    return standard_fault("mismatchedAssignmentFailure", "Variable " + context_.program().variables[variable].name +
                                                             " takes only a message of type " + type.name.clark() +
                                                             ".");
  const ActivityId owner = owner_of(variable);
  for (std::uint32_t i = 0; i < value.parts.size(); ++i) {
    freeze(value.parts[i]);
    scratch_[{owner, variable, i}] = {nullptr, value.parts[i]};
  }
  return std::nullopt;
}

std::optional<Fault> Copier::write_variable(const program::ToVariable& to, const Value& value, bool keep_source_name) {
  const auto& declared = context_.program().variables[to.variable];
  if (to.part == program::none && declared.is_message) return write_message(to.variable, value);
  if (value.message != nullptr)
    return standard_fault(
        "mismatchedAssignmentFailure",
        "A whole message cannot be copied to a part, an element or a simple variable (" + declared.name + ").");
  const Scratch::Key key{owner_of(to.variable), to.variable, to.part == program::none ? 0 : to.part};
  auto before = current(key);
  if (to.query == nullptr) {
    auto result = replace::part(type_of(to.variable).parts[key.part], before, value.source,
                                naming_of(key, true, keep_source_name));
    if (result.fault) return std::move(result.fault);
    if (!result.own) freeze(result.value);
    scratch_[key] = {std::move(result.own), std::move(result.value)};
    return std::nullopt;
  }
  // A value that is not there yet begins as an empty element; a query that looks below it selects nothing.
  if (!before) {
    before = values::text_value(type_of(to.variable).parts[key.part], {});
    scratch_[key] = {nullptr, before};
  }
  const xml::NodeRef root{before, before->document_element()};
  auto selected = to.query->evaluate(evaluation(), &root);
  if (!selected) return std::move(selected.error());
  return write_node(key, *selected, to.query->text(), value, keep_source_name);
}

std::optional<Fault> Copier::write_expression(const Expression& expression, const Value& value, bool keep_source_name) {
  if (is_plain_reference(expression)) {
    const auto& use = expression.uses().front();
    return write_variable({use.variable, use.part, nullptr}, value, keep_source_name);
  }
  if (value.message != nullptr)
    return standard_fault("mismatchedAssignmentFailure",
                          "A whole message cannot be copied to " + expression.text() + ".");
  auto selected = expression.evaluate(evaluation());
  if (!selected) return std::move(selected.error());
  if (selected->size() != 1) return selected_wrong(expression.text(), selected->size());
  if (auto* node = std::get_if<xml::NodeRef>(&selected->front()))
    for (const auto& use : expression.uses()) {
      const Scratch::Key key{owner_of(use.variable), use.variable, use.part == program::none ? 0 : use.part};
      if (current(key) == node->document) return write_node(key, *selected, expression.text(), value, keep_source_name);
    }
  return standard_fault("selectionFailure", expression.text() + " selects no place in a variable.");
}

std::optional<Fault> Copier::write_node(const Scratch::Key& key, const program::Sequence& selected,
                                        const std::string& what, const Value& value, bool keep_source_name) {
  if (selected.size() != 1) return selected_wrong(what, selected.size());
  auto* node = std::get_if<xml::NodeRef>(&selected.front());
  auto before = current(key);
  if (node == nullptr || node->document != before)
    return standard_fault("selectionFailure", what + " selects no place in a variable.");
  // The first change takes a copy of its own, in which every node keeps its index.
  Scratch::Value& written = scratch_[key];
  if (!written.own) {
    written.own = std::make_shared<xml::Document>(*before);
    written.value = written.own;
  }
  const auto target = content_node(*node).node;
  const bool is_root = before->parent(target) == xml::root_node;
  return replace::node(*written.own, target, value.source, naming_of(key, is_root, keep_source_name));
}

// WS-BPEL 2.0 §8.4.2: keepSrcElementName may put a member of the substitution group of a declared element.
replace::Naming Copier::naming_of(const Scratch::Key& key, bool is_root, bool keep_source_name) const {
  const program::PartType& type = type_of(key.variable).parts[key.part];
  const bool is_declared = is_root && type.form == ValueForm::element;
  return {keep_source_name, is_declared ? &type.element : nullptr, context_.program().schemas.get()};
}

std::optional<Fault> Copier::write_partner_link(program::PartnerLinkId partner_link, const Value& value) {
  if (!value.source.is_element())
    return standard_fault(
        "mismatchedAssignmentFailure",
        "Partner link " + context_.program().partner_links[partner_link].name + " takes an element sref:service-ref.");
  auto endpoint = endpoints::read_service_ref(value.source.node);
  if (!endpoint) return std::move(endpoint.error());
  endpoints_[partner_link] = std::move(*endpoint);
  return std::nullopt;
}

// --- the end ---------------------------------------------------------------------------------------------------------

std::optional<Fault> Copier::validate() const {
  for (const auto& [key, written] : scratch_.values()) {
    Parts parts(type_of(key.variable).parts.size());
    parts[key.part] = written.value;
    if (auto fault = validate_variable(context_.program(), key.variable, parts)) return fault;
  }
  return std::nullopt;
}

std::optional<Fault> Copier::commit() {
  for (const auto& [key, written] : scratch_.values())
    if (written.value && written.value->memory_bytes() > largest_value)
      return standard_fault("subLanguageExecutionFault", "The value for variable " +
                                                             context_.program().variables[key.variable].name +
                                                             " is larger than the limit of 256 MB.");
  for (const auto& [key, written] : scratch_.values()) {
    if (written.own && written.own->removed_count() > worth_compacting &&
        written.own->removed_count() * 2 > written.own->node_count())
      written.own->compact();
    context_.emit(records::VariablePartSet{key.scope, key.variable, key.part, written.value});
  }
  for (const auto& [link, endpoint] : endpoints_) {
    auto owner = messages::find_partner_link(context_, names_, link).scope;
    if (owner != nullptr)
      context_.emit(records::PartnerLinkAssigned{owner->id, link, endpoint.service_ref, {endpoint.address}});
  }
  return std::nullopt;
}

std::optional<Fault> validate_variable(const Program& program, program::VariableId variable, const Parts& parts) {
  if (!program.schemas) return std::nullopt;
  const auto& declared = program.variables[variable];
  const auto& type = program.message_types[declared.type];
  for (std::size_t i = 0; i < parts.size() && i < type.parts.size(); ++i) {
    if (!parts[i]) continue;
    auto element = parts[i]->document_element();
    auto errors = type.parts[i].form == ValueForm::element
                      ? program.schemas->validate_element(*parts[i], element)
                      : program.schemas->validate_type(*parts[i], element, type.parts[i].type);
    if (!errors.empty())
      return standard_fault("invalidVariables",
                            "Variable " + declared.name + " is not valid: " + errors.front().message);
  }
  return std::nullopt;
}

}  // namespace echoflow::engine::copies

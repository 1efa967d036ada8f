#pragma once
#include "engine/behaviors/evaluation.hpp"
#include "engine/behaviors/replace.hpp"

/// WS-BPEL 2.0 §8.4: copies, as assign and the initialisation of variables use them.
namespace echoflow::engine::copies {

/// Copies that happen together or not at all: they write to a scratch, which is handed over at the end.
class Copier {
 public:
  /// `names`: the scope instance in whose names the copies are read.
  Copier(StepContext& context, ActivityId names) : context_(context), names_(names) {}
  std::optional<Fault> copy(const program::Copy& copy);
  /// WS-BPEL 2.0 §8.1: validates what was written. invalidVariables.
  std::optional<Fault> validate() const;
  /// Lets the writes happen. A fault, and nothing written, when a value has grown beyond all measure.
  std::optional<Fault> commit();

 private:
  struct Value;
  Result<Value, Fault> read(const program::FromSpec& from) const;
  Result<Value, Fault> read_variable(const program::FromVariable& from) const;
  Result<Value, Fault> read_partner_link(const program::FromPartnerLink& from) const;
  Result<Value, Fault> read_selection(const Expression& expression, const xml::NodeRef* context) const;
  std::optional<Fault> write(const program::ToSpec& to, const Value& value, bool keep_source_name);
  std::optional<Fault> write_variable(const program::ToVariable& to, const Value& value, bool keep_source_name);
  std::optional<Fault> write_message(program::VariableId variable, const Value& value);
  std::optional<Fault> write_expression(const Expression& expression, const Value& value, bool keep_source_name);
  std::optional<Fault> write_node(const Scratch::Key& key, const program::Sequence& selected, const std::string& what,
                                  const Value& value, bool keep_source_name);
  std::optional<Fault> write_partner_link(program::PartnerLinkId partner_link, const Value& value);

  /// A document that two variables share must not be changed in place any more.
  void freeze(const xml::DocumentPtr& shared);
  Evaluation evaluation() const { return Evaluation(context_, names_, nullptr, &scratch_); }
  ActivityId owner_of(program::VariableId variable) const;
  xml::DocumentPtr current(const Scratch::Key& key) const { return evaluation().variable_part(key.variable, key.part); }
  const program::MessageType& type_of(program::VariableId variable) const;
  /// `is_root`: the target is the document element of the part.
  replace::Naming naming_of(const Scratch::Key& key, bool is_root, bool keep_source_name) const;

  StepContext& context_;
  ActivityId names_;
  Scratch scratch_;
  std::map<program::PartnerLinkId, EndpointReference> endpoints_;
};

/// WS-BPEL 2.0 §8.1: one variable against its schema; parts without a value are not looked at.
std::optional<Fault> validate_variable(const Program& program, program::VariableId variable, const Parts& parts);

}  // namespace echoflow::engine::copies

#pragma once
#include <map>

#include "engine/core/step_context.hpp"

/// What expressions see of an instance.
namespace echoflow::engine {

/// Values that an assign has written but that the instance does not have yet.
class Scratch {
 public:
  struct Key {
    ActivityId scope;
    program::VariableId variable;
    std::uint32_t part;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct Value {
    std::shared_ptr<xml::Document> own;  ///< may be changed further; null when the value is shared as it is
    xml::DocumentPtr value;
  };
  const Value* find(const Key& key) const {
    auto found = values_.find(key);
    return found == values_.end() ? nullptr : &found->second;
  }
  Value& operator[](const Key& key) { return values_[key]; }
  const std::map<Key, Value>& values() const { return values_; }

 private:
  std::map<Key, Value> values_;
};

/// Reads variables in the scope of one activity.
class Evaluation : public program::EvaluationContext {
 public:
  /// `scope`: the scope instance whose names are in force. `activity`: whose incoming links are asked for; may be null.
  Evaluation(const StepContext& context, ActivityId scope, const Activity* activity = nullptr,
             const Scratch* scratch = nullptr)
      : context_(context), scope_(scope), activity_(activity), scratch_(scratch) {}

  xml::DocumentPtr variable_part(program::VariableId variable, std::uint32_t part) const override;
  bool link_status(program::LinkId link) const override;
  TimePoint now() const override { return context_.turn().now; }
  std::int64_t instance_id() const override { return context_.turn().instance; }
  std::optional<cx::KpiReading> kpi(std::string_view name, std::string_view group) const override {
    return context_.turn().kpi ? context_.turn().kpi(name, group) : std::nullopt;
  }

 private:
  const StepContext& context_;
  ActivityId scope_;
  const Activity* activity_;
  const Scratch* scratch_;
};

/// Where an activity looks its names up: a scope looks into itself only for its own handlers and initialisation.
inline Evaluation evaluation_for(const StepContext& context, const Activity& activity) {
  return Evaluation(context, activity.scope, &activity);
}

}  // namespace echoflow::engine

#include "engine/behaviors/evaluation.hpp"

namespace echoflow::engine {

xml::DocumentPtr Evaluation::variable_part(program::VariableId variable, std::uint32_t part) const {
  const Activity* owner = find_scope(context_.state(), scope_, context_.program().variables[variable].scope);
  if (owner == nullptr) return nullptr;
  if (scratch_ != nullptr)
    if (auto* written = scratch_->find({owner->id, variable, part})) return written->value;
  const Parts* parts = variable_in(context_.program(), *owner, variable);
  return parts != nullptr && part < parts->size() ? (*parts)[part] : nullptr;
}

bool Evaluation::link_status(program::LinkId link) const {
  if (activity_ == nullptr) return false;
  const NodeId flow_node = context_.program().links[link].flow;
  const Activity* flow = find_flow(context_.state(), *activity_, flow_node);
  if (flow == nullptr) return false;
  auto position = position_of(context_.program().as<program::Flow>(flow_node).links, link);
  return position < flow->flow_data->links.size() &&
         flow->flow_data->links[position].status == instances::LinkStatus::positive;
}

}  // namespace echoflow::engine

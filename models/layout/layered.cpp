#include "models/layout/layered.hpp"

#include "models/layout/layered_state.hpp"

namespace echoflow::layout::layered {

Placed place(const Network& network) {
  State state{network};
  assign_layers(state);
  order_layers(state);
  assign_rows(state);
  return lead_lines(state);
}

}  // namespace echoflow::layout::layered

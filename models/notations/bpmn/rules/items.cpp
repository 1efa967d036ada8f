#include "models/notations/bpmn/rules/checking.hpp"

namespace echoflow::bpmn {

// BPMN 2.0 §10.4.1 (isCollection): data says of itself what its item definition says.
void check_items(Checking& c) {
  for (const auto local : {"dataObject", "dataInput", "dataOutput"})
    for (const auto n : c.all(local)) {
      const auto item = c.item_by(n, "itemSubjectRef");
      if (item == xml::no_node) continue;
      const bool several = c.source.flag(item, "isCollection", false);
      if (c.source.flag(n, "isCollection", false) == several) continue;
      c.report("BPMN1208", n,
               "The " + c.call(n) + " and its " + c.call(item) + " disagree on isCollection: make both " +
                   (several ? "true" : "false") + ".");
    }
}

}  // namespace echoflow::bpmn

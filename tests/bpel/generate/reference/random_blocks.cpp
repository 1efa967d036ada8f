#include "tests/bpel/generate/reference/random_blocks.hpp"

namespace echoflow::generate::reference {

namespace {

const std::string signal_one = "<signalEventDefinition signalRef='S1'/>";

std::string error(int number) {
  return "<errorEventDefinition errorRef='E" + std::to_string(number) + "'/>";
}

std::string escalation(int number) {
  return "<escalationEventDefinition escalationRef='X" + std::to_string(number) + "'/>";
}

}  // namespace

void RandomBlocks::process() {
  const std::string start = draft_.event("startEvent", "");
  const std::string last = run(start, 1 + draft_.pick(3));
  if (shape_ == Shape::scopes && draft_.chance(20)) event_sub_process(1);
  if (!last.empty()) draft_.flow(last, draft_.event("endEvent", ""));
}

std::string RandomBlocks::run(std::string from, int depth) {
  const int parts = 1 + draft_.pick(3);
  for (int i = 0; i < parts && !from.empty(); ++i) from = block(from, depth);
  return from;
}

std::string RandomBlocks::block(const std::string& from, int depth) {
  const auto then = [&](const std::string& node) {
    draft_.flow(from, node);
    return node;
  };
  const int kind = depth == 0 ? draft_.pick(4) : draft_.pick(20);
  if (kind < 2) return then(draft_.task());
  if (kind == 2) return then(draft_.event("intermediateCatchEvent", draft_.timer()));
  if (kind == 3) return draft_.chance(50) ? repeated(from) : then(draft_.task());
  if (kind < 6) return split(from, "exclusive", depth);
  if (kind < 9) return split(from, "parallel", depth);
  if (kind < 11) return split(from, "inclusive", depth);
  if (kind == 11) return events(from, depth);
  if (kind == 12) return loop(from, depth);
  if (kind == 13) return draft_.chance(20) ? link(from) : then(draft_.task());
  if (shape_ != Shape::scopes) return then(draft_.task());
  if (kind == 14) return transaction(from, depth);
  if (kind == 15) return compensated(from);
  if (kind == 16 && draft_.chance(60)) return then(draft_.event("intermediateThrowEvent", signal_one));
  return sub_process(from, depth);
}

/// One way of a split: in `branching` models it may end.
std::string RandomBlocks::way(const std::string& from, int depth) {
  const std::string last = run(from, depth - 1);
  if (shape_ == Shape::blocks || last.empty() || !draft_.chance(shape_ == Shape::branching ? 25 : 8)) return last;
  return end(last, false);
}

/// An end of its own; "" for the caller.
std::string RandomBlocks::end(const std::string& from, bool throws) {
  const int kind = draft_.pick(10);
  std::string definition;
  if (kind == 0) definition = "<terminateEventDefinition/>";
  if (throws && kind > 0 && kind < 5) definition = error(1 + draft_.pick(2));
  if (throws && kind >= 5) definition = escalation(1 + draft_.pick(2));
  draft_.flow(from, draft_.event("endEvent", definition));
  return "";
}

std::string RandomBlocks::split(const std::string& from, const std::string& kind, int depth) {
  const std::string split = draft_.gateway(kind);
  draft_.flow(from, split);
  const int ways = 2 + draft_.pick(2);
  std::vector<std::string> lasts;
  for (int i = 0; i < ways; ++i) {
    const std::string head = draft_.task();
    if (kind == "parallel")
      draft_.flow(split, head);
    else if (i + 1 == ways)
      draft_.otherwise(split, head);
    else
      draft_.flow(split, head, draft_.flag());
    const std::string last = draft_.chance(30) ? head : way(head, depth);
    if (!last.empty()) lasts.push_back(last);
  }
  if (lasts.empty()) return "";
  std::string joins = kind;
  // Some models join otherwise than they split.
  if (shape_ == Shape::branching && draft_.chance(30)) {
    const char* const others[] = {"exclusive", "parallel", "inclusive"};
    joins = others[draft_.pick(3)];
  }
  const std::string join = draft_.gateway(joins);
  for (const std::string& last : lasts) draft_.flow(last, join);
  return join;
}

std::string RandomBlocks::events(const std::string& from, int depth) {
  const std::string split = draft_.gateway("eventBased");
  draft_.flow(from, split);
  std::vector<std::string> lasts;
  const int ways = 2 + draft_.pick(2);
  for (int i = 0; i < ways; ++i) {
    const std::string event =
        draft_.event("intermediateCatchEvent", i == 0 && draft_.chance(50) ? signal_one : draft_.timer());
    draft_.flow(split, event);
    const std::string last = way(event, depth);
    if (!last.empty()) lasts.push_back(last);
  }
  if (lasts.empty()) return "";
  const std::string join = draft_.gateway("exclusive");
  for (const std::string& last : lasts) draft_.flow(last, join);
  return join;
}

/// A cycle that ends: each round counts.
std::string RandomBlocks::loop(const std::string& from, int depth) {
  const std::string head = draft_.gateway("exclusive");
  draft_.flow(from, head);
  std::string last = run(head, depth - 1);
  if (last.empty()) return "";
  const std::string counts = draft_.fresh("t");
  draft_.add("<scriptTask id='" + counts + "' scriptFormat='text/xpath'><script>n = n + 1</script></scriptTask>");
  draft_.flow(last, counts);
  const std::string decision = draft_.gateway("exclusive");
  draft_.flow(counts, decision);
  if (draft_.chance(50)) {
    draft_.flow(decision, head, "n &lt; " + std::to_string(1 + draft_.pick(4)));
  } else {
    const std::string again = draft_.task();
    draft_.flow(decision, again, "n &lt; " + std::to_string(1 + draft_.pick(4)));
    draft_.flow(again, head);
  }
  const std::string next = draft_.task();
  draft_.otherwise(decision, next);
  return next;
}

/// A task that is done several times.
std::string RandomBlocks::repeated(const std::string& from) {
  const std::string id = draft_.fresh("t");
  const std::string many = std::to_string(1 + draft_.pick(3));
  std::string loop;
  if (draft_.chance(60))
    loop = "<multiInstanceLoopCharacteristics isSequential='" + std::string(draft_.chance(50) ? "true" : "false") +
           "'><loopCardinality xsi:type='tFormalExpression'>" + many +
           "</loopCardinality></multiInstanceLoopCharacteristics>";
  else
    loop = "<standardLoopCharacteristics testBefore='" + std::string(draft_.chance(50) ? "true" : "false") +
           "' loopMaximum='" + many + "'><loopCondition xsi:type='tFormalExpression'>" + draft_.flag() +
           "</loopCondition></standardLoopCharacteristics>";
  draft_.add("<scriptTask id='" + id + "' scriptFormat='text/xpath'>" + loop + "<script>MARK_" + id +
             "</script></scriptTask>");
  draft_.flow(from, id);
  return id;
}

std::string RandomBlocks::link(const std::string& from) {
  const std::string name = draft_.fresh("L");
  const std::string definition = "<linkEventDefinition name='" + name + "'/>";
  draft_.flow(from, draft_.event("intermediateThrowEvent", definition));
  return draft_.event("intermediateCatchEvent", definition);
}

/// What stands in a sub-process; with `throws` an error or escalation in one of its ways.
void RandomBlocks::inside(int depth, bool throws) {
  ++inside_;
  std::string last = draft_.event("startEvent", "");
  if (throws) {
    const std::string split = draft_.gateway(draft_.chance(50) ? "parallel" : "exclusive");
    draft_.flow(last, split);
    const std::string thrower = draft_.task();
    const std::string other = draft_.task();
    if (split[0] == 'p')
      draft_.flow(split, thrower);
    else
      draft_.flow(split, thrower, draft_.flag());
    if (split[0] == 'p')
      draft_.flow(split, other);
    else
      draft_.otherwise(split, other);
    const std::string before = draft_.chance(50) ? run(thrower, 0) : thrower;
    if (draft_.chance(25)) {
      const std::string goes_on = draft_.event("intermediateThrowEvent", escalation(1 + draft_.pick(2)));
      draft_.flow(before, goes_on);
      draft_.flow(goes_on, draft_.event("endEvent", ""));
    } else {
      end(before, true);
    }
    last = other;
  }
  last = run(last, depth - 1);
  if (!last.empty()) draft_.flow(last, draft_.event("endEvent", ""));
  if (draft_.chance(25)) event_sub_process(depth - 1);
  --inside_;
}

void RandomBlocks::event_sub_process(int depth) {
  draft_.open();
  const int kind = draft_.pick(5);
  const bool interrupting = kind == 0 || draft_.chance(50);
  const std::string definition = kind == 0   ? error(1 + draft_.pick(2))
                                 : kind == 1 ? escalation(1 + draft_.pick(2))
                                 : kind == 2 ? signal_one
                                             : draft_.timer();
  const std::string start =
      draft_.event("startEvent", definition, interrupting ? "isInterrupting='true'" : "isInterrupting='false'");
  const std::string last = run(start, depth > 0 ? depth - 1 : 0);
  if (!last.empty()) draft_.flow(last, draft_.event("endEvent", ""));
  draft_.close("subProcess", draft_.fresh("h"), "triggeredByEvent='true'");
}

void RandomBlocks::boundary(const std::string& activity, const std::string& definition, bool interrupting, int depth,
                            const std::string& meet) {
  const std::string event =
      draft_.event("boundaryEvent", definition,
                   "attachedToRef='" + activity + "' cancelActivity='" + (interrupting ? "true" : "false") + "'");
  const std::string head = draft_.task();
  draft_.flow(event, head);
  const std::string last = run(head, depth > 0 ? depth - 1 : 0);
  if (last.empty()) return;
  if (!meet.empty() && draft_.chance(interrupting ? 60 : 25))
    draft_.flow(last, meet);
  else
    draft_.flow(last, draft_.event("endEvent", ""));
}

std::string RandomBlocks::sub_process(const std::string& from, int depth) {
  const std::string id = draft_.fresh("s");
  draft_.open();
  inside(depth, draft_.chance(50));
  std::string loop;
  if (draft_.chance(15))
    loop = "<multiInstanceLoopCharacteristics isSequential='" + std::string(draft_.chance(50) ? "true" : "false") +
           "'><loopCardinality xsi:type='tFormalExpression'>2</loopCardinality></multiInstanceLoopCharacteristics>";
  draft_.close("subProcess", id, "", loop);
  draft_.flow(from, id);
  const std::string meet = draft_.gateway("exclusive");
  draft_.flow(id, meet);
  const int events = draft_.pick(3);
  for (int i = 0; i < events; ++i) {
    const int kind = draft_.pick(7);
    const bool interrupting = kind < 3 || draft_.chance(50);
    const std::string definition = kind == 0   ? std::string("<errorEventDefinition/>")
                                   : kind < 3  ? error(1 + i)
                                   : kind == 3 ? escalation(1 + i)
                                   : kind == 4 ? signal_one
                                               : draft_.timer();
    boundary(id, definition, interrupting, depth - 1, meet);
  }
  return meet;
}

std::string RandomBlocks::compensated(const std::string& from) {
  const auto undone = [&](const std::string& before) {
    const std::string id = draft_.task();
    const std::string undo = draft_.fresh("t");
    const std::string event =
        draft_.event("boundaryEvent", "<compensateEventDefinition/>", "attachedToRef='" + id + "'");
    draft_.add("<scriptTask id='" + undo + "' isForCompensation='true' scriptFormat='text/xpath'><script>MARK_" + undo +
               "</script></scriptTask>");
    draft_.add("<association id='" + draft_.fresh("a") + "' associationDirection='One' sourceRef='" + event +
               "' targetRef='" + undo + "'/>");
    draft_.flow(before, id);
    return id;
  };
  std::string last = undone(from);
  if (draft_.chance(60)) last = undone(last);
  if (draft_.chance(30)) {
    const std::string between = draft_.task();
    draft_.flow(last, between);
    last = between;
  }
  if (draft_.chance(30)) return last;
  const std::string event = draft_.event("intermediateThrowEvent", "<compensateEventDefinition/>");
  draft_.flow(last, event);
  return event;
}

std::string RandomBlocks::transaction(const std::string& from, int depth) {
  const std::string id = draft_.fresh("s");
  draft_.open();
  ++inside_;
  std::string last = compensated(draft_.event("startEvent", ""));
  last = run(last, depth - 1);
  if (!last.empty()) {
    const std::string decision = draft_.gateway("exclusive");
    draft_.flow(last, decision);
    draft_.flow(decision, draft_.event("endEvent", "<cancelEventDefinition/>"), draft_.flag());
    draft_.otherwise(decision, draft_.event("endEvent", ""));
  }
  --inside_;
  draft_.close("transaction", id);
  draft_.flow(from, id);
  const std::string meet = draft_.gateway("exclusive");
  draft_.flow(id, meet);
  boundary(id, "<cancelEventDefinition/>", true, 0, meet);
  return meet;
}

}  // namespace echoflow::generate::reference

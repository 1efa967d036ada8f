#include "models/analysis/soundness.hpp"

#include <algorithm>

namespace echoflow::analysis {
namespace {

constexpr std::size_t most_of_a_fragment = 3;  // findings that are told of one rigid fragment

class Soundness {
 public:
  Soundness(const View& view, Reporter& reporter, Analysis& analysis, std::size_t& states)
      : view_(view), reporter_(reporter), analysis_(analysis), states_(states), runs_(view) {}

  void run() {
    check_reach();
    for (FragmentIndex f = 0; f < view_.tree.fragments.size(); ++f) {
      const auto& fragment = view_.tree.fragments[f];
      if (fragment.entry != view_.flow.source && view_.dead[fragment.entry]) continue;
      if (fragment.kind == FragmentKind::bond) fragment.cyclic ? check_loop(f) : check_bond(f);
      if (fragment.kind == FragmentKind::rigid) check_rigid(f);
    }
  }

 private:
  const Vertex& vertex(VertexIndex v) const { return view_.flow.vertices[v]; }

  void check_reach() {
    std::vector<NodeIndex> dead, endless;
    VertexIndex first_endless = none;
    for (VertexIndex v = 0; v < view_.flow.vertices.size(); ++v) {
      const auto n = vertex(v).node;
      if (n == none || view_.acting[n] != v) continue;
      if (view_.dead[v]) {
        dead.push_back(n);
      } else if (view_.endless[v]) {
        endless.push_back(n);
        if (first_endless == none) first_endless = v;
      }
    }
    if (!dead.empty()) reporter_.add({"AN103", dead, {reporter_.list(dead)}});
    if (!endless.empty())
      reporter_.add({"AN105", endless, {reporter_.list(endless)}, ids(runs_.before_vertex(first_endless))});
  }

  std::vector<std::string> ids(const std::optional<Run>& run) const {
    return run ? runs_.ids(*run) : std::vector<std::string>{};
  }

  /// How many of a bond's branches get a token, at least and at most.
  struct Taken {
    std::size_t least = 1, most = 1;
    bool by_condition = false;
  };
  Taken taken(FragmentIndex f) const {
    const auto& fragment = view_.tree.fragments[f];
    const auto count = fragment.children.size();
    const auto& entry = vertex(fragment.entry);
    switch (entry.logic) {
      case Logic::none:
      case Logic::exclusive:
      case Logic::event_based:
        return {};
      case Logic::parallel:
        return {count, count, false};
      case Logic::inclusive:
        return {1, count, true};
      case Logic::complex:
      case Logic::boundary:
        break;
    }
    Taken found{count, 1, true};
    for (const auto& set : outcomes(view_.graph, view_.flow, fragment.entry).sets) {
      std::vector<FragmentIndex> children;
      for (const auto e : set) children.push_back(view_.child_with(f, e));
      std::sort(children.begin(), children.end());
      children.erase(std::unique(children.begin(), children.end()), children.end());
      const auto inside =
          children.size() - static_cast<std::size_t>(std::count(children.begin(), children.end(), none));
      if (inside > 0) found = {std::min(found.least, inside), std::max(found.most, inside), true};
    }
    return found;
  }

  bool dead_branch(FragmentIndex f) const {
    while (view_.tree.fragments[f].kind == FragmentKind::polygon) f = view_.tree.fragments[f].children.front();
    const auto e = view_.tree.fragments[f].edge;
    return e != none && view_.flow.edges[e].kind == EdgeKind::repair;
  }

  void check_bond(FragmentIndex f) {
    const auto& fragment = view_.tree.fragments[f];
    if (fragment.exit == view_.flow.sink) return;
    const auto& exit = vertex(fragment.exit);
    const bool epc_starts = fragment.entry == view_.flow.source && vertex(fragment.entry).logic == Logic::inclusive;
    if (epc_starts) return;
    auto live = fragment.children;
    live.erase(std::remove_if(live.begin(), live.end(), [&](FragmentIndex c) { return dead_branch(c); }), live.end());
    if (live.empty()) return;
    const auto [least, most, by_condition] = live.size() == 1 ? Taken{} : taken(f);
    const bool waits_for_all = exit.logic == Logic::parallel;
    const bool waits_for_none = exit.logic == Logic::exclusive || exit.logic == Logic::none;
    if (waits_for_all && least < fragment.children.size())
      report_deadlock(fragment, live, by_condition && live.size() == fragment.children.size());
    else if (waits_for_none && most > 1)
      report_second_token(f, fragment, by_condition);
  }

  void report_deadlock(const Fragment& fragment, const std::vector<FragmentIndex>& live, bool by_condition) {
    std::optional<Run> best;
    for (const auto c : live) {
      auto edges = runs_.entering(c);
      auto run = edges ? runs_.up_to(c, std::move(*edges)) : std::nullopt;
      if (run && runs_.add_inside(c, *run) && (!best || run->size() < best->size())) best = std::move(run);
      if (best && live.size() > 16) break;
    }
    const auto join = vertex(fragment.exit).node, split = vertex(fragment.entry).node;
    reporter_.add({by_condition ? "AN107" : "AN101", {join, split}, {}, ids(best), !by_condition});
  }

  void report_second_token(FragmentIndex f, const Fragment& fragment, bool by_condition) {
    // The two branches that show it first.
    std::optional<Run> run;
    const auto out = vertex(fragment.exit).outgoing.empty() ? none : vertex(fragment.exit).outgoing[0];
    for (const auto& set : outcomes(view_.graph, view_.flow, fragment.entry).sets) {
      std::vector<FragmentIndex> children;
      std::vector<EdgeIndex> others;
      for (const auto e : set) {
        const auto child = view_.child_with(f, e);
        if (child == none)
          others.push_back(e);
        else if (std::find(children.begin(), children.end(), child) == children.end())
          children.push_back(child);
      }
      if (children.size() < 2 || out == none) continue;
      run = two_branches(children, out);
      break;
    }
    const auto* event = view_.graph.node(vertex(fragment.exit).node).as<graph::Event>();
    const bool ends = event && event->position == graph::EventPosition::end;
    reporter_.add({ends ? "AN104" : "AN102",
                   {vertex(fragment.exit).node, vertex(fragment.entry).node},
                   {},
                   ids(run),
                   !by_condition});
  }

  std::optional<Run> two_branches(const std::vector<FragmentIndex>& children, EdgeIndex out) {
    auto edges = runs_.entering(children[0]);
    const auto second = runs_.entering(children[1]);
    if (!edges || !second) return std::nullopt;
    edges->insert(edges->end(), second->begin(), second->end());
    auto run = runs_.up_to(children[0], std::move(*edges));
    if (!run) return std::nullopt;
    const auto exit = view_.tree.fragments[children[0]].exit;
    for (std::size_t i = 0; i < 2; ++i) {
      if (!runs_.add_inside(children[i], *run)) return std::nullopt;
      run->push_back({exit, {out}});
    }
    return run;
  }

  void check_loop(FragmentIndex f) {
    const auto& fragment = view_.tree.fragments[f];
    const auto& entry = vertex(fragment.entry);
    if (entry.logic == Logic::parallel && entry.part == Part::join)
      reporter_.add({"AN101", {entry.node, vertex(fragment.exit).node}, {}, ids(runs_.before(f))});
    Outcomes all = outcomes(view_.graph, view_.flow, fragment.exit);
    const auto leads_back = [&](EdgeIndex e) { return view_.child_with(f, e) != none; };
    for (const auto& set : all.sets) {
      const auto back = std::count_if(set.begin(), set.end(), leads_back);
      if (back == 0 || set.size() < 2) continue;
      const bool always = all.sets.size() == 1;
      reporter_.add({"AN102", {vertex(fragment.exit).node, entry.node}, {}, ids(twice_round(f, set)), always});
      return;
    }
  }

  /// Out and back at once, and the same again.
  std::optional<Run> twice_round(FragmentIndex f, const std::vector<EdgeIndex>& set) {
    const auto& fragment = view_.tree.fragments[f];
    const auto forward = fragment.children[0];
    auto first = runs_.entering(forward);
    auto run = first ? runs_.up_to(forward, *first) : std::nullopt;
    if (!run || !runs_.add_inside(forward, *run)) return std::nullopt;
    std::vector<EdgeIndex> to;
    FragmentIndex back = none;
    for (const auto e : set) {
      const auto child = view_.child_with(f, e);
      const auto enters = child == none ? std::optional(std::vector{e}) : runs_.entering(child);
      if (!enters) return std::nullopt;
      if (child != none && back == none) back = child;
      to.insert(to.end(), enters->begin(), enters->end());
    }
    run->push_back({fragment.exit, to});
    if (!runs_.add_inside(back, *run)) return std::nullopt;
    run->push_back({fragment.entry, *first});
    if (!runs_.add_inside(forward, *run)) return std::nullopt;
    run->push_back({fragment.exit, to});
    return run;
  }

  /// Rigid fragments that are sound whatever their shape: one token that is never divided; tokens that all go
  /// everywhere once; joins that wait for what comes and nothing that leads back.
  bool plainly_sound(const Fragment& fragment) const {
    bool single = true, all_parallel = !fragment.cyclic, only_waiting_joins = !fragment.cyclic;
    const auto look = [&](VertexIndex v) {
      const auto& at = vertex(v);
      if (v == view_.flow.sink || at.logic == Logic::none) return;
      const bool one = at.logic == Logic::exclusive || at.logic == Logic::event_based;
      single = single && (one || only_interrupts(v));
      all_parallel = all_parallel && at.logic == Logic::parallel;
      if (at.part == Part::join)
        only_waiting_joins = only_waiting_joins && (at.logic == Logic::inclusive || at.logic == Logic::complex);
    };
    for (const auto c : fragment.children) {
      look(view_.tree.fragments[c].entry);
      look(view_.tree.fragments[c].exit);
      if (view_.tree.fragments[c].edge != none &&
          view_.flow.edges[view_.tree.fragments[c].edge].kind == EdgeKind::repair)
        return single;
    }
    return single || all_parallel || only_waiting_joins;
  }
  bool only_interrupts(VertexIndex v) const {
    if (vertex(v).logic != Logic::boundary) return false;
    for (const auto e : vertex(v).outgoing) {
      const auto* event =
          view_.graph
              .node(vertex(view_.flow.edges[e].to).node == none ? vertex(v).node : vertex(view_.flow.edges[e].to).node)
              .as<graph::Event>();
      if (view_.flow.edges[e].kind == EdgeKind::boundary && event && !event->interrupting) return false;
    }
    return true;
  }

  void check_rigid(FragmentIndex f) {
    const auto& fragment = view_.tree.fragments[f];
    if (plainly_sound(fragment)) return;
    ++analysis_.searched;
    auto net = net_of(view_, f);
    if (fragment.entry == view_.flow.source && vertex(fragment.entry).logic == Logic::inclusive)
      return check_epc_starts(f, std::move(net));
    const Search search(net, Search::Order::reduced, {states_, false});
    spend(search);
    runs_.keep_completion(f, net, search);
    report_search(f, net, search, true);
  }

  void spend(const Search& search) {
    analysis_.states += search.states();
    states_ -= std::min(states_, search.states());
  }

  void report_search(FragmentIndex f, const Net& net, const Search& search, bool certain) {
    const auto& fragment = view_.tree.fragments[f];
    std::size_t told = 0;
    for (const auto& stuck : search.stuck()) {
      if (told++ == most_of_a_fragment) break;
      const auto node = vertex(net.transitions[stuck.transition].vertex).node;
      reporter_.add({"AN101", {node}, {}, ids(runs_.of_trace(f, net, stuck.trace)), certain});
    }
    if (search.second_token()) report_second_token_of(f, net, *search.second_token(), certain);
    if (told > 0 || search.second_token()) return;
    if (!search.complete()) {
      reporter_.add({"AN106",
                     {vertex(fragment.entry).node, vertex(fragment.exit).node},
                     {reporter_.name(fragment.entry, view_), reporter_.name(fragment.exit, view_)}});
      return;
    }
    if (const auto endless = search.endless()) {
      const auto v = endless->empty() ? fragment.entry : net.transitions[endless->back().transition].vertex;
      reporter_.add({"AN105", {vertex(v).node}, {}, ids(runs_.of_trace(f, net, *endless)), certain});
    } else {
      report_unreached(net, search);
    }
  }

  /// The reduced search tells that there is one; a plain one, where it can, tells the shortest.
  void report_second_token_of(FragmentIndex f, const Net& net, const Search::SecondToken& found, bool certain) {
    constexpr std::size_t worth_it = 5'000;
    const Search plain(net, Search::Order::plain, {worth_it, true});
    analysis_.states += plain.states();
    const auto& shortest = plain.second_token() && plain.second_token()->trace.size() <= found.trace.size()
                               ? *plain.second_token()
                               : found;
    const auto& place = net.places[shortest.place];
    const auto by = net.transitions[shortest.trace.back().transition].vertex;
    NodeIndex at = vertex(by).node;
    const bool ends = place.child != none && place.to == none;
    if (ends) {
      const auto edges = view_.tree.edges(place.child);
      const auto last = vertex(view_.flow.edges[edges.back()].from).node;
      if (edges.size() > 1 && last != none) at = last;
    }
    reporter_.add({ends ? "AN104" : "AN102", {at}, {}, ids(runs_.of_trace(f, net, shortest.trace)), certain});
  }

  void report_unreached(const Net& net, const Search& search) {
    std::vector<NodeIndex> nodes;
    for (Net::Index p = 0; p < net.places.size(); ++p) {
      if (search.reached(p) || net.places[p].child == none) continue;
      for (const auto e : view_.tree.edges(net.places[p].child)) {
        const auto v = view_.flow.edges[e].to;
        const auto n = vertex(v).node;
        const bool acts = vertex(v).part == Part::work && !view_.dead[v];
        if (n != none && acts && std::find(nodes.begin(), nodes.end(), n) == nodes.end()) nodes.push_back(n);
      }
    }
    if (!nodes.empty()) reporter_.add({"AN103", nodes, {reporter_.list(nodes)}});
  }

  /// An EPC does not say which of its start events come together. It is sound when each of them belongs to some choice
  /// that works (Mendling & van der Aalst, "Formalization and verification of EPCs with OR-joins", 2007).
  void check_epc_starts(FragmentIndex f, Net net) {
    const auto& entry = net.transitions[net.places[net.start].to];
    std::vector<Net::Index> starts;
    for (const auto& set : entry.outcomes) starts.insert(starts.end(), set.begin(), set.end());
    std::sort(starts.begin(), starts.end());
    starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
    std::vector<bool> works(net.places.size(), false);
    std::optional<Net> failed;
    for (const auto& set : choices(starts)) {
      const bool news = std::any_of(set.begin(), set.end(), [&](Net::Index p) { return !works[p]; });
      if (!news || states_ == 0) continue;
      auto& source = net.transitions[net.places[net.start].to];
      source.outcomes = {set};
      source.outside = {{}};
      net.complete = true;
      const Search search(net, Search::Order::reduced, {std::min<std::size_t>(states_, 5'000), false});
      spend(search);
      if (search.stuck().empty() && !search.second_token() && search.complete()) {
        for (const auto p : set) works[p] = true;
        runs_.keep_completion(f, net, search);
      } else if (!failed || set.size() == starts.size()) {
        failed = net;
      }
    }
    if (!failed || std::all_of(starts.begin(), starts.end(), [&](Net::Index p) { return works[p]; })) return;
    report_search(f, *failed, Search(*failed, Search::Order::reduced, {5'000, false}), false);
  }

  /// Each alone, all, and pairs; larger ones where there are few.
  static std::vector<std::vector<Net::Index>> choices(const std::vector<Net::Index>& starts) {
    std::vector<std::vector<Net::Index>> found;
    for (const auto p : starts) found.push_back({p});
    found.push_back(starts);
    if (starts.size() <= 6) {
      for (std::size_t bits = 1; bits < std::size_t{1} << starts.size(); ++bits) {
        found.emplace_back();
        for (std::size_t i = 0; i < starts.size(); ++i)
          if (bits >> i & 1) found.back().push_back(starts[i]);
      }
      return found;
    }
    constexpr std::size_t most_pairs = 200;
    for (std::size_t i = 0; i < starts.size() && found.size() < most_pairs; ++i)
      for (std::size_t j = i + 1; j < starts.size(); ++j) found.push_back({starts[i], starts[j]});
    return found;
  }

  const View& view_;
  Reporter& reporter_;
  Analysis& analysis_;
  std::size_t& states_;
  Runs runs_;
};

}  // namespace

void check_soundness(const View& view, Reporter& reporter, Analysis& analysis, std::size_t& states) {
  Soundness(view, reporter, analysis, states).run();
}

}  // namespace echoflow::analysis

#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "models/layout/diagram.hpp"

namespace echoflow::layout {

/// What runs have left on an element.
struct Figures {
  std::uint64_t entered = 0;
  std::uint64_t running = 0;
  std::uint64_t faulted = 0;
};

struct DrawOptions {
  std::string language = "en";
  std::map<std::string, Figures> figures;      ///< by element id: counts on the elements, what ran is tinted
  std::map<std::string, std::uint64_t> taken;  ///< flow ids; flows between elements that ran are inferred
  std::set<std::string> highlighted;           ///< element ids of findings
};

/// One page, as large as the diagram.
Drawing draw(const graph::ProcessGraph& graph, const Diagram& diagram, const DrawOptions& options = {});

struct PageOptions {
  double width = 841.89;  ///< A4 across
  double height = 595.28;
  double margin = 28;
  double smallest_scale = 0.65;  ///< below it the drawing is cut into pages rather than shrunk: text stays readable
  std::string language = "en";
};

/// The drawing on sheets of paper: one where it can be read on one, else an overview and its parts, cut where little
/// is cut through, with arrows that name the page on which a line goes on.
Drawing on_pages(const Drawing& drawing, const Diagram& diagram, const PageOptions& options = {});

}  // namespace echoflow::layout

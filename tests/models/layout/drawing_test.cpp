#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <set>

#include "models/layout/draw.hpp"
#include "models/layout/points.hpp"
#include "models/layout/svg.hpp"
#include "models/layout/symbols.hpp"
#include "models/xml/reader.hpp"
#include "tests/models/layout/models.hpp"

namespace echoflow::layout {

namespace {

Drawing drawing_of(const graph::ProcessGraph& graph, const DrawOptions& options = {}) {
  return draw(graph, lay_out(graph, {options.language}), options);
}

std::size_t count(const std::string& text, std::string_view what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
  return found;
}

Bounds bounds_of(const Path& path) {
  Bounds all{path.segments.front().to.x, path.segments.front().to.y, 0, 0};
  for (const auto& s : path.segments)
    if (s.step != Step::close) all = joined(all, {s.to.x, s.to.y, 0, 0});
  return all;
}

/// WCAG 2.1's relative luminance.
double luminance(const Colour& c) {
  const auto part = [](double v) {
    v /= 255;
    return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * part(c.red) + 0.7152 * part(c.green) + 0.0722 * part(c.blue);
}

TEST(Svg, IsWellFormedAndNamesEveryElement) {
  auto graph = samples::complaint();
  graph.node(graph.find("check")).name = graph::Names("<Check> & \"decide\"");
  const auto svg = to_svg(drawing_of(graph));
  EXPECT_TRUE(xml::read(svg).ok());
  for (graph::NodeIndex n = 0; n < graph.node_count(); ++n)
    EXPECT_NE(svg.find("data-element=\"" + graph.node(n).id + "\""), std::string::npos) << graph.node(n).id;
  for (graph::FlowIndex f = 0; f < graph.flow_count(); ++f)
    EXPECT_NE(svg.find("data-element=\"" + graph.flow(f).id + "\""), std::string::npos);
  EXPECT_NE(svg.find("<title>Task: &lt;Check&gt; &amp; \"decide\"</title>"), std::string::npos);
  EXPECT_EQ(svg.find("http://", svg.find("xmlns=") + 40), std::string::npos) << "it needs nothing from elsewhere";
}

TEST(Svg, SpeaksGermanAndEnglish) {
  auto graph = samples::complaint();
  auto& name = graph.node(graph.find("check")).name;
  name = graph::Names();
  name.set("de", "Beschwerde prüfen");
  name.set("en", "Check the complaint");
  const auto german = to_svg(drawing_of(graph, {"de"}));
  EXPECT_NE(german.find("Aufgabe: Beschwerde prüfen"), std::string::npos);
  EXPECT_NE(german.find("Exklusives Gateway"), std::string::npos);
  EXPECT_EQ(german.find("Check the complaint"), std::string::npos);
  const auto english = to_svg(drawing_of(graph, {"en"}));
  EXPECT_NE(english.find("Task: Check the complaint"), std::string::npos);
  EXPECT_NE(english.find("lang=\"en\""), std::string::npos);
}

TEST(Svg, SmallModelIsDrawnAsEver) {
  samples::Maker m;
  const auto start = m.start("start");
  const auto hear = m.add("hear", graph::Activity{graph::ActivityKind::receive_task}, "Hear the customer");
  const auto end = m.end("end");
  m.graph().node(hear).attributes.push_back({"{urn:echoflow:cx:1.0}feedback", "", ""});
  m.flow(start, hear);
  m.flow(hear, end);
  const auto svg = to_svg(drawing_of(m.graph()));
  const std::string file = std::string(ECHOFLOW_SOURCE_DIR) + "/tests/models/layout/golden/small.svg";
  if (std::getenv("ECHOFLOW_REBASELINE")) std::ofstream(file) << svg;
  std::ifstream stream(file);
  const std::string golden{std::istreambuf_iterator<char>(stream), {}};
  EXPECT_EQ(svg, golden) << "if this is meant: run again with ECHOFLOW_REBASELINE=1 and look at the file";
}

TEST(Draw, TextHasContrast) {
  DrawOptions options;
  options.figures["check"] = {12, 2, 1};
  const auto drawing = drawing_of(samples::complaint(), options);
  for (const auto& group : drawing.pages[0].groups) {
    std::vector<std::pair<Bounds, Colour>> grounds;
    for (const auto& shape : group.shapes) {
      if (const auto* path = std::get_if<Path>(&shape)) {
        if (path->style.fill) grounds.emplace_back(bounds_of(*path), *path->style.fill);
        continue;
      }
      const auto& text = std::get<Text>(shape);
      std::optional<Colour> ground;
      for (const auto& [bounds, fill] : grounds)
        if (contains(bounds, text.at)) ground = fill;
      const double a = luminance(text.colour);
      const double b = group.category == "flow" || !ground ? 1 : luminance(*ground);
      EXPECT_GE((std::max(a, b) + 0.05) / (std::min(a, b) + 0.05), 4.5) << group.title << ": " << text.text;
    }
  }
}

TEST(Draw, FiguresAndPathAreShown) {
  DrawOptions options;
  for (const auto* id : {"start", "check", "settle", "end"}) options.figures[id] = {3, 0, 0};
  options.figures["settle"] = {3, 1, 2};
  const auto svg = to_svg(drawing_of(samples::complaint(), options));
  EXPECT_NE(svg.find("3 runs, 1 running, 2 faults"), std::string::npos);
  // start → check → split → settle → join → end, and not the other branch.
  EXPECT_EQ(count(svg, "stroke=\"#0b57a4\" stroke-width=\"2.6\""), 5u);
  EXPECT_EQ(count(to_svg(drawing_of(samples::complaint())), "#0b57a4"), 0u);
}

TEST(Draw, FindingsAreMarked) {
  DrawOptions options;
  options.highlighted = {"settle"};
  EXPECT_EQ(count(to_svg(drawing_of(samples::complaint(), options)), "#c2410c"), 1u);
}

TEST(Draw, EveryKindHasASymbol) {
  samples::Maker m;
  int number = 0;
  const auto id = [&] { return "n" + std::to_string(number++); };
  for (int k = 0; k <= static_cast<int>(graph::ActivityKind::process_interface); ++k) {
    graph::Activity activity{static_cast<graph::ActivityKind>(k)};
    activity.loop.kind = static_cast<graph::LoopKind>(k % 4);
    activity.for_compensation = k % 2;
    m.add(id(), activity, "A");
  }
  for (int p = 0; p <= static_cast<int>(graph::EventPosition::end); ++p)
    for (int t = -1; t <= static_cast<int>(graph::EventType::terminate); ++t) {
      graph::Event event;
      event.position = static_cast<graph::EventPosition>(p);
      event.interrupting = t % 2 == 0;
      if (t >= 0) event.definitions.push_back({static_cast<graph::EventType>(t)});
      m.add(id(), event);
    }
  for (int k = 0; k <= static_cast<int>(graph::GatewayKind::complex); ++k)
    m.add(id(), graph::Gateway{static_cast<graph::GatewayKind>(k)});
  for (int k = 0; k <= static_cast<int>(graph::DataKind::document); ++k) {
    const auto n = m.add(id(), graph::Data{static_cast<graph::DataKind>(k)});
    m.graph().node(n).bounds = {static_cast<double>(100 * number), 0, 36, 48};
  }
  for (const auto* sign : {"feedback", "survey", "alert", "threshold", "task", "escalation", "kpi"})
    m.graph()
        .node(m.add(id(), graph::Activity{}, sign))
        .attributes.push_back({"{urn:echoflow:cx:1.0}" + std::string(sign), ""});
  m.add(id(), graph::Role{graph::RoleKind::organisation}, "Desk");
  m.add(id(), graph::Role{graph::RoleKind::person}, "Ms. Kim");
  m.add(id(), graph::System{}, "CRM");
  m.add(id(), graph::Kpi{}, "Answer time");
  m.add(id(), graph::Risk{}, "Too late");
  m.add(id(), graph::Note{}, "Note");
  m.add(id(), graph::Group{}, "Group");
  m.graph().notation = graph::Notation::aml;
  const auto drawing = draw(m.graph(), lay_out(m.graph(), {"en", Placement::own}));
  std::set<std::string> drawn;
  for (const auto& group : drawing.pages[0].groups) {
    EXPECT_FALSE(group.shapes.empty()) << group.title;
    EXPECT_FALSE(group.title.empty());
    drawn.insert(group.element);
  }
  for (graph::NodeIndex n = 0; n < m.graph().node_count(); ++n) {
    const auto* data = m.graph().node(n).as<graph::Data>();
    const bool hidden = data && data->kind == graph::DataKind::property;
    EXPECT_EQ(drawn.contains(m.graph().node(n).id), !hidden) << m.graph().node(n).id;
  }
  EXPECT_TRUE(xml::read(to_svg(drawing)).ok());
}

TEST(Pages, SmallDrawingsStayOnOne) {
  const auto graph = samples::complaint();
  const auto diagram = lay_out(graph);
  const auto pages = on_pages(draw(graph, diagram), diagram, {});
  ASSERT_EQ(pages.pages.size(), 1u);
  EXPECT_NEAR(pages.pages[0].width, 841.89, 0.01);
}

TEST(Pages, LargeOnesAreCutBetweenThings) {
  samples::Maker m;
  auto last = m.start("start");
  for (int i = 0; i < 40; ++i) {
    const auto next = m.task("t" + std::to_string(i));
    m.flow(last, next);
    last = next;
  }
  const auto diagram = lay_out(m.graph());
  const auto pages = on_pages(draw(m.graph(), diagram), diagram, {});
  ASSERT_GT(pages.pages.size(), 4u);
  EXPECT_NE(pages.pages[0].title.find("Overview"), std::string::npos);
  // Every task is whole on one page and on no other.
  std::map<std::string, int> seen;
  for (std::size_t p = 1; p < pages.pages.size(); ++p) {
    EXPECT_TRUE(xml::read(to_svg(pages, p)).ok());
    std::string numbers;
    for (const auto& group : pages.pages[p].groups) {
      if (group.category == "task") ++seen[group.element];
      if (group.category == "page")
        for (const auto& shape : group.shapes)
          if (const auto* text = std::get_if<Text>(&shape)) numbers += text->text + ";";
    }
    if (p > 1) {
      EXPECT_NE(numbers.find(std::to_string(p) + ";"), std::string::npos) << "the page before is named";
    }
  }
  EXPECT_EQ(seen.size(), 40u);
  for (const auto& [task, times] : seen) EXPECT_EQ(times, 1) << task;
}

TEST(Pages, TheSmallestTextIsReadableWhenPrinted) {
  samples::Maker m;
  auto last = m.start("start");
  m.graph().node(last).bounds = {0, 30, 36, 36};
  for (int i = 0; i < 30; ++i) {
    const auto next = m.add("t" + std::to_string(i), graph::Activity{}, "A name that is written small in its box");
    m.graph().node(next).bounds = {60.0 + 130 * i, 20, 80, 36};
    m.flow(last, next);
    last = next;
  }
  const auto diagram = lay_out(m.graph());
  const auto pages = on_pages(draw(m.graph(), diagram), diagram, {});
  ASSERT_GT(pages.pages.size(), 2u);
  for (std::size_t p = 1; p < pages.pages.size(); ++p)
    for (const auto& group : pages.pages[p].groups)
      for (const auto& shape : group.shapes)
        if (const auto* text = std::get_if<Text>(&shape)) {
          EXPECT_GE(text->size, 5.99) << text->text;
        }
}

TEST(Symbols, ASignStandsBesideTheTextOfAFlatBox) {
  graph::Node node;
  node.detail = graph::Activity{graph::ActivityKind::user_task};
  EXPECT_GE(text_area(node, {0, 0, 100, 30}).x, 15);
  EXPECT_LT(text_area(node, {0, 0, 100, 80}).x, 10);
}

}  // namespace

}  // namespace echoflow::layout

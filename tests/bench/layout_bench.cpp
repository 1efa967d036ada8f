// layout_bench FOLDER|FILE... [--svg DIR] [--lang de] [--generated]: how readable the diagrams of models are, in the
// source's layout and in our own, and how long they take.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "models/layout/draw.hpp"
#include "models/layout/measure.hpp"
#include "models/layout/svg.hpp"
#include "models/notations/import.hpp"

namespace {

using namespace echoflow;
namespace fs = std::filesystem;

struct Sum {
  layout::Measures all;
  std::size_t models = 0;
  double milliseconds = 0;
  double slowest = 0;

  void add(const layout::Measures& m, double ms) {
    all.nodes += m.nodes, all.edges += m.edges, all.missing_edges += m.missing_edges, all.crossings += m.crossings;
    all.bends += m.bends, all.node_overlaps += m.node_overlaps, all.through_nodes += m.through_nodes;
    all.loose_ends += m.loose_ends, all.clipped_labels += m.clipped_labels, all.covered_labels += m.covered_labels;
    all.lines_on_lines += m.lines_on_lines;
    milliseconds += ms;
    slowest = std::max(slowest, ms);
    ++models;
  }
};

void print(const std::string& name, const char* which, const layout::Measures& m, double width, double height,
           double ms) {
  std::printf("%-34.34s %-5s %5zu %5zu %7zu %6zu %6zu %7zu %7zu %6zu %7zu %7zu %6zu %6.0f %6.0f %8.2f\n", name.c_str(),
              which, m.nodes, m.edges, m.missing_edges, m.crossings, m.bends, m.node_overlaps, m.through_nodes,
              m.loose_ends, m.clipped_labels, m.covered_labels, m.lines_on_lines, width, height, ms);
}

struct Settings {
  std::vector<fs::path> files;
  std::string svg;
  std::string language = "en";
  bool generated = false;
};

void write(const Settings& settings, const std::string& name, const graph::ProcessGraph& graph,
           const layout::Diagram& diagram) {
  layout::DrawOptions options;
  options.language = settings.language;
  const auto drawing = layout::draw(graph, diagram, options);
  std::ofstream(settings.svg + "/" + name + ".svg") << layout::to_svg(drawing);
  const auto pages = layout::on_pages(drawing, diagram, {});
  for (std::size_t p = 0; pages.pages.size() > 1 && p < pages.pages.size(); ++p)
    std::ofstream(settings.svg + "/" + name + ".page" + std::to_string(p) + ".svg") << layout::to_svg(pages, p);
}

void run(const Settings& settings, const std::string& name, const graph::ProcessGraph& graph, Sum& kept, Sum& own) {
  for (const bool ours : {false, true}) {
    const auto begin = std::chrono::steady_clock::now();
    layout::LayoutOptions options;
    options.language = settings.language;
    options.placement = ours ? layout::Placement::own : layout::Placement::source_first;
    const auto diagram = layout::lay_out(graph, options);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    if (!ours && !diagram.kept) continue;
    const auto m = layout::measure(graph, diagram);
    print(name, ours ? "own" : "kept", m, diagram.width, diagram.height, took.count());
    (ours ? own : kept).add(m, took.count());
    if (!settings.svg.empty()) write(settings, name + (ours ? ".own" : ".kept"), graph, diagram);
  }
}

/// A process of nested blocks: sequences, choices, parallel branches and loops, one after another.
graph::ProcessGraph generated(std::size_t size) {
  graph::ProcessGraph graph;
  graph.containers.push_back({"p", graph::Names("generated")});
  std::size_t number = 0;
  const auto add = [&](graph::Detail detail, const std::string& name) {
    graph::Node node;
    node.id = "n" + std::to_string(number++);
    node.name = graph::Names(name);
    node.detail = std::move(detail);
    return graph.add_node(std::move(node));
  };
  const auto flow = [&](graph::NodeIndex a, graph::NodeIndex b) {
    graph::Flow f;
    f.id = "f" + std::to_string(graph.flow_count());
    graph.add_flow(a, b, std::move(f));
  };
  auto last = add(graph::Event{}, "start");
  while (number < size) {
    const auto split =
        add(graph::Gateway{number % 3 == 0 ? graph::GatewayKind::parallel : graph::GatewayKind::exclusive}, "");
    const auto join = add(graph::Gateway{}, "");
    flow(last, split);
    const std::size_t branches = 2 + number % 3;
    for (std::size_t b = 0; b < branches; ++b) {
      auto at = split;
      for (std::size_t i = 0; i <= (number + b) % 3; ++i) {
        const auto task = add(graph::Activity{}, "Check the case " + std::to_string(number));
        flow(at, task);
        at = task;
      }
      flow(at, join);
    }
    if (number % 2 == 0) flow(join, split);
    last = join;
  }
  graph::Event end;
  end.position = graph::EventPosition::end;
  flow(last, add(end, "end"));
  return graph;
}

Settings read(int argc, char** argv) {
  Settings settings;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--svg" && i + 1 < argc) {
      settings.svg = argv[++i];
    } else if (argument == "--lang" && i + 1 < argc) {
      settings.language = argv[++i];
    } else if (argument == "--generated") {
      settings.generated = true;
    } else if (fs::is_directory(argument)) {
      for (const auto& entry : fs::recursive_directory_iterator(argument))
        if (entry.is_regular_file()) settings.files.push_back(entry.path());
    } else {
      settings.files.emplace_back(argument);
    }
  }
  std::sort(settings.files.begin(), settings.files.end());
  return settings;
}

}  // namespace

int main(int argc, char** argv) {
  const auto settings = read(argc, argv);
  std::printf("%-34s %-5s %5s %5s %7s %6s %6s %7s %7s %6s %7s %7s %6s %6s %6s %8s\n", "model", "", "nodes", "edges",
              "missing", "cross", "bends", "overlap", "through", "loose", "clipped", "covered", "online", "width",
              "height", "ms");
  Sum kept;
  Sum own;
  for (const auto& file : settings.files) {
    std::ifstream stream(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    if (!notations::recognise(bytes)) continue;
    const auto imported = notations::import_model(bytes, file.filename().string());
    if (imported.graph.node_count() > 0) run(settings, file.filename().string(), imported.graph, kept, own);
  }
  if (settings.generated)
    for (const std::size_t size : {100U, 1'000U, 10'000U}) {
      Sum none;
      run(settings, "generated " + std::to_string(size), generated(size), none, none);
    }
  print("all " + std::to_string(kept.models), "kept", kept.all, 0, 0, kept.milliseconds);
  print("all " + std::to_string(own.models), "own", own.all, 0, 0, own.milliseconds);
  std::printf("slowest: kept %.1f ms, own %.1f ms\n", kept.slowest, own.slowest);
  return 0;
}

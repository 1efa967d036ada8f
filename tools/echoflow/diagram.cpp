#include <cstdio>
#include <filesystem>

#include "models/layout/draw.hpp"
#include "models/layout/svg.hpp"
#include "tools/echoflow/commands.hpp"
#include "tools/echoflow/read_model.hpp"
#include "tools/echoflow/text_file.hpp"

namespace echoflow::tool {

namespace {

constexpr std::size_t most_bytes = 64U << 20;

Result<graph::ProcessGraph> read_graph(const std::string& file) {
  auto bytes = read_text_file(file, most_bytes);
  if (!bytes) return fail(bytes.error().message);
  auto imported = read_model(*bytes, file);
  if (imported.graph.node_count() > 0) return std::move(imported.graph);
  return fail(imported.findings.empty() ? "'" + file + "' holds nothing to draw."
                                        : to_string(imported.findings.front()));
}

int write_pages(const layout::Drawing& pages, const std::filesystem::path& to) {
  for (std::size_t p = 0; p < pages.pages.size(); ++p) {
    auto name = to;
    name.replace_extension(std::to_string(p + 1) + ".svg");
    if (auto written = write_text_file(name.string(), layout::to_svg(pages, p)); !written)
      return complain(written.error().message);
    std::printf("%s\n", name.string().c_str());
  }
  return fine;
}

}  // namespace

int diagram(const Settings& settings) {
  if (settings.arguments().size() != 1) return complain("diagram needs one model. See echoflow diagram --help.");
  const std::string& file = settings.arguments().front();
  const auto graph = read_graph(file);
  if (!graph) return complain(graph.error().message);
  layout::LayoutOptions placing;
  placing.language = settings.get("--lang");
  if (settings.on("--own")) placing.placement = layout::Placement::own;
  layout::DrawOptions options;
  options.language = placing.language;
  const auto placed = layout::lay_out(*graph, placing);
  const auto drawing = layout::draw(*graph, placed, options);
  std::string out = settings.get("--output");
  if (settings.on("--pages")) {
    if (out.empty()) out = std::filesystem::path(file).replace_extension(".svg").string();
    layout::PageOptions paper;
    paper.language = placing.language;
    return write_pages(layout::on_pages(drawing, placed, paper), out);
  }
  const auto svg = layout::to_svg(drawing);
  if (out.empty()) {
    std::fputs(svg.c_str(), stdout);
    return fine;
  }
  auto written = write_text_file(out, svg);
  return written ? fine : complain(written.error().message);
}

}  // namespace echoflow::tool

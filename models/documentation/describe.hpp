#pragma once
#include <string>
#include <vector>

#include "models/analysis/analysis.hpp"
#include "models/documentation/content.hpp"
#include "models/graph/process_graph.hpp"

namespace echoflow::documentation {

struct DocumentOptions {
  std::string language = "en";  ///< "de" or "en"
  std::string source_name;      ///< file name of the model
  std::string source_mime = "application/xml";
  std::string source;             ///< its bytes: hashed, and put into the document
  std::string process;            ///< id of the process to describe where the graph has several; "" : all of them
  std::string iso_9001 = "2015";  ///< edition that the clauses refer to: 2015 or 2026
  TimePoint made_at;
  std::string producer = "Echoflow";
  bool checked = false;                           ///< the model went through the analysis, which gave `findings`
  std::vector<analysis::Finding> findings;        ///< with sentences in the document's language
  const graph::ProcessGraph* previous = nullptr;  ///< the version before, to compare with
  std::string previous_version;
};

/// The whole document of a process. Without `control` it is marked as not released; without `evidence` it says that
/// there is none.
Document describe(const graph::ProcessGraph& graph, const DocumentOptions& options, const Evidence* evidence = nullptr,
                  const Control* control = nullptr);

}  // namespace echoflow::documentation

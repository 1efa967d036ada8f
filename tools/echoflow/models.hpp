#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "models/base/diagnostic.hpp"
#include "models/graph/import_report.hpp"

namespace echoflow::tool {

using Files = std::map<std::string, std::string>;

/// A model of a deployment, and the BPEL it means.
struct TranslatedModel {
  std::string file;
  graph::ProcessGraph graph;
  Files generated;  ///< paths below the model's own: "complaint.bpmn/Complaint.bpel"
  std::vector<graph::Loss> report;
  Diagnostics findings;  ///< of import and translation; with an error nothing is generated
};

/// True for what may be a model by its name and is one by its content: .bpmn, .epml, .aml, and .xml that ARIS or a
/// BPMN tool wrote (not a deployment descriptor). A .bpmn, .epml or .aml that is none is taken for one all the same, so
/// that its import says what is wrong with it.
bool is_model(const std::string& file, const std::string& content);

/// Imports one model and writes its BPEL.
TranslatedModel translate(const std::string& file, const std::string& content);

/// Where a finding in a generated file belongs in its model: the element that the line was made from.
SourceLocation place_in_model(const TranslatedModel& model, const SourceLocation& generated);

}  // namespace echoflow::tool

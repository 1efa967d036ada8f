#pragma once
#include "models/documentation/describe.hpp"
#include "models/documentation/steps.hpp"
#include "models/documentation/words.hpp"

/// The sections of a document, one function each. Anchors are what data/clauses.tsv refers to.
namespace echoflow::documentation {

/// What every section is made from.
struct Source {
  const graph::ProcessGraph& graph;
  const DocumentOptions& options;
  const Evidence* evidence;
  const Control& control;
  const Words& words;
  const StepReader& steps;
  std::string title;  ///< the process's name
};

/// What goes into a process and comes out of it, and who stands on either side.
struct Exchange {
  std::vector<std::string> inputs, outputs, suppliers, customers;
};
Exchange exchange(const Source& source);
/// Names of all nodes of one kind that are shown, in the source's order, each once.
std::vector<std::string> role_names(const Source& source);
std::vector<std::string> system_names(const Source& source);
std::vector<std::string> kpi_names(const Source& source);
std::vector<std::string> start_names(const Source& source);
std::vector<std::string> end_names(const Source& source);

Table front_table(const Source& source);
Section front_section(const Source& source);
Section purpose_section(const Source& source);
Section scope_section(const Source& source);
Section terms_section(const Source& source);
Section overview_section(const Source& source);
Section diagram_section(const Source& source);
Section steps_section(const Source& source);
Section raci_section(const Source& source);
Section customer_section(const Source& source);
Section kpi_section(const Source& source);
Section risk_section(const Source& source);
Section record_section(const Source& source);
Section evidence_section(const Source& source);
Section difference_section(const Source& source);
/// The last but the annexes: it refers to the others by their numbers.
Section clause_section(const Source& source, const std::vector<Section>& others);
Section source_annex(const Source& source);
Section file_annex(const Source& source, const std::vector<Attachment>& files);

/// The turtle diagram: the process in the middle, six boxes around it.
std::shared_ptr<const layout::Drawing> turtle(const Source& source);

}  // namespace echoflow::documentation

#pragma once
#include "models/documentation/describe.hpp"
#include "models/documentation/render.hpp"

/// A complaint process, its control and its evidence, written by hand: what the tests of the documents share.
namespace echoflow::documentation::sample {

graph::ProcessGraph complaint_process();
/// The same with a step more, another role and another deadline.
graph::ProcessGraph changed_process();
/// Many steps in a row.
graph::ProcessGraph long_process(std::size_t steps);
Control released();
Evidence evidence();
DocumentOptions options(const std::string& language);

std::string rendered(Format format, const Document& document);
/// All the text of a document, one line a paragraph, cell or heading.
std::string all_text(const Document& document);
const Section* find(const std::vector<Section>& sections, std::string_view anchor);
std::string text_of(const Section& section);

}  // namespace echoflow::documentation::sample

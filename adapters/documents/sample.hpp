#pragma once
#include <map>
#include <string>
#include <vector>

#include "adapters/documents/evidence_file.hpp"
#include "adapters/documents/fold.hpp"

namespace echoflow::documents {

/// A case as it is shown, and its rows of the journal.
struct ShownCase {
  documentation::SampleCase shown;
  std::vector<engine::JournalRow> rows;  ///< without contents
};
Result<ShownCase> show_case(engine::Store& store, const std::string& pseudonym, const PickedCase& picked,
                            const Pseudonyms& pseudonyms);

/// Adds a case with the proof that its rows are in the journal's chain up to `last`.
Result<void> add_case(EvidenceFileWriter& file, engine::Store& store, const ShownCase& one, std::int64_t last);

}  // namespace echoflow::documents

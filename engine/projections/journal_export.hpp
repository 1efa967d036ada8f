#pragma once
#include "engine/ports/store.hpp"
#include "models/records/evidence.hpp"

namespace echoflow::engine {

struct ExportOptions {
  InstanceId instance = 0;    ///< 0: the whole journal
  bool with_events = true;    ///< structure
  bool with_payloads = true;  ///< customers' data
  TimePoint exported_at;
};

/// Writes an evidence file (see models/records/evidence.hpp) of what the journal holds now, beside its writer. Fails
/// when the store or the sink does, or when there is no such instance.
Result<void> export_journal(Store& store, const ExportOptions& options, const records::EvidenceWriter::Sink& sink);

}  // namespace echoflow::engine

#pragma once
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "models/base/result.hpp"
#include "models/base/sha256.hpp"
#include "models/records/journal_chain.hpp"

/// Evidence files: the journal, or one instance's part of it, as lines of JSON that can be verified without a database.
/// First a header, then one line a row, last the end of the chain and a seal over all lines before it. Fields stand in
/// a fixed order; version 1 of the format never changes.
namespace echoflow::records {

struct EvidenceHeader {
  std::int64_t instance = 0;  ///< 0: the whole journal
  std::int64_t exported_at_micros = 0;
};
struct EvidenceRow {
  ChainLink link;
  Sha256 previous{};  ///< hash of the row before it in the whole journal
  Sha256 hash{};
  bool erased = false;
  std::optional<std::string> events, payload;  ///< absent where contents were not asked for
};
struct EvidenceEnd {
  std::int64_t rows = 0;
  std::uint64_t last_seq = 0;  ///< of the instance; 0 for the whole journal
  ChainEnd chain;              ///< the journal's end when this was exported
};

/// Writes one file. What the sink answers is handed back.
class EvidenceWriter {
 public:
  using Sink = std::function<Result<void>(std::string_view)>;
  EvidenceWriter(Sink sink, const EvidenceHeader& header);
  Result<void> start();
  Result<void> add(const EvidenceRow& row);
  /// `last_seq` and `chain` as in EvidenceEnd.
  Result<void> finish(std::uint64_t last_seq, const ChainEnd& chain);

 private:
  Result<void> line(const std::string& text);
  Sink sink_;
  EvidenceHeader header_;
  Sha256 seal_{};
  std::int64_t rows_ = 0;
};

struct EvidenceCheck {
  EvidenceHeader header;
  std::int64_t rows = 0;         ///< that were found whole
  std::int64_t erased = 0;       ///< of them with contents erased
  ChainEnd chain;                ///< as recorded, when whole
  std::int64_t broken_line = 0;  ///< 0: the file is whole and unchanged
  std::string detail;            ///< what is wrong there
  bool whole() const { return broken_line == 0; }
};
/// Verifies a file: every row against its hash, the rows against each other, the end, and the seal over every byte.
EvidenceCheck verify_evidence(std::istream& file);

}  // namespace echoflow::records

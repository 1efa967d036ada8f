#pragma once
#include "models/records/evidence.hpp"

/// The lines of an evidence file. Reading accepts exactly what writing writes.
namespace echoflow::records {

std::string header_line(const EvidenceHeader& header);
std::string row_line(const EvidenceRow& row);
/// Without the seal and what follows it.
std::string end_line(const EvidenceEnd& end);
/// The seal after one more line.
Sha256 sealed(const Sha256& seal, std::string_view line);
std::string seal_suffix(const Sha256& seal);

std::optional<EvidenceHeader> read_header(std::string_view line);
std::optional<EvidenceRow> read_row(std::string_view line);
struct SealedEnd {
  EvidenceEnd end;
  Sha256 seal{};
};
std::optional<SealedEnd> read_end(std::string_view line);

}  // namespace echoflow::records

#pragma once
#include <string>
#include <string_view>

#include "adapters/rest/api.hpp"

namespace echoflow::rest {

/// An instance's journal rows with digests and hashes, for an auditor to keep and `echoflow verify` to check.
http::Response evidence(Api& api, const Call& call);

/// What `echoflow verify` found in an evidence file.
struct EvidenceReport {
  std::int64_t rows = 0;
  bool whole = false;
  std::string detail;  ///< what does not fit, and at which seq
};
/// Checks digests, order and hashes of an exported evidence file. The error: the file is none.
Result<EvidenceReport> verify_evidence(std::string_view bytes);

}  // namespace echoflow::rest

#pragma once
#include "adapters/documents/gather.hpp"
#include "adapters/rest/api.hpp"

namespace echoflow::rest {

/// Evidence of the runs of a process, with this version as the one described: what documents about it show. The
/// options' process, period, time, description, figures and releases are filled in from the server. Needs
/// ApiOptions::signer.
Result<documentation::Evidence> gather_evidence(Api& api, const runtime::ProcessInfo& process,
                                                documents::GatherOptions options = {},
                                                std::optional<TimePoint> from = {}, std::optional<TimePoint> to = {});

/// When the instances started that are asked about: `from` and `to` of a query, or the refusal.
struct Period {
  std::optional<TimePoint> from, to;
};
Result<Period, http::Response> period_of(const Call& call);

}  // namespace echoflow::rest

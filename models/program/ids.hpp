#pragma once
#include <cstdint>

/// Indices into a Program's tables; 0-based, dense, stable for one compilation of one source.
namespace echoflow::program {

using NodeId = std::uint32_t;
using VariableId = std::uint32_t;
using PartnerLinkId = std::uint32_t;
using CorrelationSetId = std::uint32_t;
using MessageExchangeId = std::uint32_t;
using LinkId = std::uint32_t;
using MessageTypeId = std::uint32_t;
inline constexpr std::uint32_t none = 0xffffffffu;

}  // namespace echoflow::program

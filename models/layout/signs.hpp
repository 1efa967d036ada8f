#pragma once
// Inside models/layout only.
#include <string_view>

#include "models/graph/nodes.hpp"
#include "models/layout/symbols.hpp"

/// The small pictures in symbols, in the language of pen::sign().
namespace echoflow::layout::signs {

std::string_view of(graph::EventType type);
std::string_view of(graph::ActivityKind kind);  ///< "" for those without one
std::string_view of(CxSign sign);
/// Filled when thrown; message, compensation …: but a timer never is.
bool can_be_filled(graph::EventType type);

inline constexpr std::string_view multiple = "M12 3 L21 10 L17.5 20.5 L6.5 20.5 L3 10 Z";
inline constexpr std::string_view parallel_multiple =
    "M9.5 3 L14.5 3 L14.5 9.5 L21 9.5 L21 14.5 L14.5 14.5 L14.5 21 L9.5 21 L9.5 14.5 L3 14.5 L3 9.5 L9.5 9.5 Z";
inline constexpr std::string_view exclusive =
    "M6 3 L12 10 L18 3 L21 5 L15 12 L21 19 L18 21 L12 14 L6 21 L3 19 L9 12 L3 5 Z";
inline constexpr std::string_view parallel =
    "M10.4 2 L13.6 2 L13.6 10.4 L22 10.4 L22 13.6 L13.6 13.6 L13.6 22 L10.4 22 L10.4 13.6 L2 13.6 L2 10.4 L10.4 10.4 Z";
inline constexpr std::string_view inclusive = "O 12 12 8.5";
inline constexpr std::string_view complex = "M12 2 L12 22 M2 12 L22 12 M5 5 L19 19 M19 5 L5 19";
inline constexpr std::string_view loop =
    "M8 20 C2.5 17.5 1.8 9.5 7.5 6 C13.5 2.5 21 6.5 21 13 C21 16.5 19 19.3 16 20.5 M8.5 14.5 L8.5 20.5 L2.8 20.5";
inline constexpr std::string_view multi_parallel = "M6 3 L6 21 M12 3 L12 21 M18 3 L18 21";
inline constexpr std::string_view multi_sequential = "M3 6 L21 6 M3 12 L21 12 M3 18 L21 18";
inline constexpr std::string_view compensation = "M12 5 L12 19 L3 12 Z M21 5 L21 19 L12 12 Z";
inline constexpr std::string_view ad_hoc =
    "M2 14 C4 6 9 7 12 12 C15 17 20 18 22 10 C20 22 14 21 11 16 C8 11 4 12 2 14 Z";
inline constexpr std::string_view collapsed = "M2 2 L22 2 L22 22 L2 22 Z M12 6 L12 18 M6 12 L18 12";
inline constexpr std::string_view person =
    "O 12 6.5 4 M4 22 L4 18 C4 14 7 12.5 9.5 12.5 L14.5 12.5 C17 12.5 20 14 20 18 L20 22 Z";
inline constexpr std::string_view system =
    "M2 3 L22 3 L22 16 L2 16 Z M12 16 L12 20 M7 21 L17 21 M5 6.5 L12 6.5 M5 9.5 L16 9.5";
inline constexpr std::string_view chart = "M3 3 L3 21 L22 21 M7 21 L7 14 M12 21 L12 9 M17 21 L17 5";
inline constexpr std::string_view warning = "M12 2.5 L22.5 21.5 L1.5 21.5 Z M12 9 L12 15.5 M12 18 L12 19";

}  // namespace echoflow::layout::signs

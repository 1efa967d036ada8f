#pragma once
// Inside models/layout only.
#include "models/layout/draw.hpp"
#include "models/layout/symbols.hpp"

namespace echoflow::layout {

namespace palette {
inline constexpr Colour line{0x33, 0x33, 0x33};
inline constexpr Colour start{0x1b, 0x6e, 0x2a};
inline constexpr Colour start_fill{0xec, 0xf7, 0xee};
inline constexpr Colour middle{0x7a, 0x55, 0x00};
inline constexpr Colour middle_fill{0xff, 0xf8, 0xe6};
inline constexpr Colour end{0xa3, 0x1d, 0x1d};
inline constexpr Colour end_fill{0xfd, 0xee, 0xee};
inline constexpr Colour gateway_fill{0xff, 0xfb, 0xea};
inline constexpr Colour pool_head{0xe8, 0xed, 0xf3};
inline constexpr Colour lane_head{0xf3, 0xf6, 0xf9};
inline constexpr Colour cx{0x1a, 0x4f, 0x8a};
inline constexpr Colour cx_fill{0xe6, 0xf0, 0xfb};
inline constexpr Colour taken{0x0b, 0x57, 0xa4};
inline constexpr Colour ran_fill{0xe3, 0xf0, 0xfc};
inline constexpr Colour running{0xff, 0xd5, 0x8a};
inline constexpr Colour faulted{0xb0, 0x1c, 0x1c};
inline constexpr Colour finding{0xc2, 0x41, 0x0c};
inline constexpr Colour grey{0x5f, 0x66, 0x6d};
}  // namespace palette

/// The symbol itself, without its text.
void paint_symbol(const graph::Node& node, const PlacedNode& placed, bool ran, std::vector<Shape>& shapes);
/// The label's lines, centred in its bounds, or from the left.
void paint_label(const Label& label, bool centred, bool upwards, bool bold, std::vector<Shape>& shapes);
void paint_edge(const graph::ProcessGraph& graph, const PlacedEdge& edge, bool taken, std::vector<Shape>& shapes);

}  // namespace echoflow::layout

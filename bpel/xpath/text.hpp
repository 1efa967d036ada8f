#pragma once
#include <string>
#include <string_view>

#include "bpel/xpath/value.hpp"

/// What the string functions of both dialects share.
namespace echoflow::xpath {

class Evaluator;

/// XPath 1.0 §4.4 round(): halves go up; NaN, infinities and -0 stay.
double xpath_round(double value);
/// The characters at positions first ≤ p < end, counted from 1. NaN selects nothing.
std::string characters_between(std::string_view text, double first, double end);
std::string normalized_space(std::string_view text);
/// translate(): each character of `from` becomes the one at its place in `to`, or vanishes.
std::string translated(std::string_view text, std::string_view from, std::string_view to);
/// lang(): whether the nearest xml:lang is `wanted` or a dialect of it.
bool has_language(const Evaluator& e, Node node, std::string_view wanted);

}  // namespace echoflow::xpath

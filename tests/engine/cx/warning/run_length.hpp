#pragma once
#include "engine/cx/warning/charts.hpp"

/// Average run lengths of the charts over normal values of deviation 1 whose mean has moved by `shift`, computed
/// exactly from a Markov chain over the chart's discretised value (Brook and Evans), not by simulation.
namespace echoflow::warning::test {

double cusum_one_sided(double shift, const CusumLimits& limits);
/// Both sides: their rates of signals add up.
double cusum_two_sided(double shift, const CusumLimits& limits);
double ewma_two_sided(double shift, const EwmaLimits& limits);

}  // namespace echoflow::warning::test

#pragma once
#include <cmath>

namespace echoflow::understanding {

/// e^x from additions, multiplications and divisions alone, so that it is the same on every machine, to about 15
/// digits.
inline double exact_exp(double x) {
  if (x > 700) x = 700;
  if (x < -700) return 0;
  // e^x = 2^k · e^r with |r| ≤ ln 2 / 2, and a series for e^r.
  constexpr double ln2 = 0.69314718055994530942;
  const double k = std::floor(x / ln2 + 0.5);
  const double r = x - k * ln2;
  double sum = 1;
  for (int n = 13; n >= 1; --n) sum = 1 + r / n * sum;
  return std::ldexp(sum, static_cast<int>(k));
}

}  // namespace echoflow::understanding

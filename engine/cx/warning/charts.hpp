#pragma once

/// Control charts over standardised values: mean 0 and deviation 1 while nothing has changed.
namespace echoflow::warning {

/// Tabular CUSUM of both sides.
struct CusumLimits {
  double slack = 0.5;  ///< k: half of the shift that is looked for
  double limit = 5;    ///< h: a side above it is a signal
};

class Cusum {
 public:
  void add(double value, const CusumLimits& limits);
  double upper() const { return upper_; }
  double lower() const { return lower_; }
  bool signals_up(const CusumLimits& limits) const { return upper_ > limits.limit; }
  bool signals(const CusumLimits& limits) const { return upper_ > limits.limit || lower_ > limits.limit; }
  /// Lets a long exceedance be forgotten as fast as `most` allows.
  void cap(double most);
  static Cusum of(double upper, double lower);

 private:
  double upper_ = 0;
  double lower_ = 0;
};

/// Exponentially weighted moving average with the limits of its steady state.
struct EwmaLimits {
  double weight = 0.2;   ///< λ of the newest value
  double limit = 2.962;  ///< L, in deviations of the average
};

class Ewma {
 public:
  void add(double value, const EwmaLimits& limits);
  /// The average in units of its own deviation.
  double standardised(const EwmaLimits& limits) const;
  double value() const { return value_; }
  bool signals_up(const EwmaLimits& limits) const { return standardised(limits) > limits.limit; }
  bool signals(const EwmaLimits& limits) const;
  static Ewma of(double value);

 private:
  double value_ = 0;
};

/// A count against its expectation, of deviation about 1 for Poisson counts of any level: 2(√(x+3/8) − √(m+3/8)).
double root_residual(double count, double expected);

}  // namespace echoflow::warning

#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <string>

namespace echoflow::runtime {

/// Counters and gauges of the running server; written from every thread without locks.
struct Metrics {
  using Counter = std::atomic<std::uint64_t>;
  using Gauge = std::atomic<std::int64_t>;

  Counter messages_received{0}, messages_held{0}, messages_refused{0};
  Counter filter_faults{0};  ///< conditions of cx:when that could not be evaluated
  Counter instances_started{0}, instances_completed{0}, instances_faulted{0}, instances_terminated{0};
  Counter turns{0}, activities{0}, turns_refused{0};
  Counter commits{0}, commit_failures{0}, turns_committed{0};
  Counter replies{0}, faults_replied{0};
  Counter partner_calls{0}, partner_retries{0}, partner_failures{0};
  Counter timers_fired{0};
  Counter incidents_raised{0}, incidents_resolved{0};
  Counter instance_loads{0}, instance_evictions{0};
  Counter compilations{0};
  Gauge instances_warm{0}, instances_busy{0}, callers_waiting{0}, processes{0}, ready{0};

  /// Commit latency in microseconds: counts per upper bound (the last is +Inf).
  static constexpr std::array<std::uint64_t, 12> commit_bounds = {
      100, 250, 500, 1'000, 2'500, 5'000, 10'000, 25'000, 100'000, 500'000, 2'000'000, UINT64_MAX};
  std::array<Counter, commit_bounds.size()> commit_buckets{};
  Counter commit_micros{0};

  void observe_commit(std::uint64_t micros);
  /// Prometheus text format, version 0.0.4.
  std::string prometheus() const;
};

}  // namespace echoflow::runtime

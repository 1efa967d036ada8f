#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "adapters/cx/kpis/service.hpp"

namespace echoflow::cx_kpis {

/// Finds out what the deployed processes declare. One thread.
class Declarations {
 public:
  /// Both outlive it.
  Declarations(runtime::Runtime& runtime, const ServiceOptions& options) : runtime_(runtime), options_(options) {}

  /// Was there a change since the last time?
  bool changed() const { return runtime_.directory()->generation != generation_ || !looked_; }
  /// The events could not be written: the same is to be done again.
  void look_again() { looked_ = false; }
  /// The events that bring the KPIs to what is deployed; empty: nothing to do.
  std::string events(const kpis::Kpis& kpis);
  /// Declarations that cannot be computed, and why.
  std::vector<std::string> refused() const;

 private:
  struct Wanted {
    std::vector<kpis::Declaration> declarations;
    std::map<std::string, std::string> refused;  ///< by id
    bool hears_customers = false;
  };
  void look_at(const runtime::ProcessInfo& process, Wanted& wanted);
  bool speaks_of_customers(const runtime::ProcessInfo& process) const;
  void want(Wanted& wanted, kpis::Declaration declaration) const;

  runtime::Runtime& runtime_;
  const ServiceOptions& options_;
  std::uint64_t generation_ = 0;
  bool looked_ = false;
  std::map<std::int64_t, std::vector<cx::KpiDefinition>> known_;  ///< by process version
  std::map<std::string, std::string> refused_;
};

}  // namespace echoflow::cx_kpis

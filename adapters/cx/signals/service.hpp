#pragma once
#include <string_view>

#include "adapters/runtime/builtin_partners.hpp"

namespace echoflow::runtime {
class Runtime;
}

namespace echoflow::signals {

/// The addresses of models/cx/schema/echoflow-cx.wsdl's Signals, and of processes that call one another.
inline constexpr std::string_view address_of_signals = "urn:echoflow:cx:1.0#Signals";
inline constexpr std::string_view address_of_processes = "urn:echoflow:cx:1.0#Processes";

/// The built-in partner cx:Signals. A signal goes to every place of every instance that listens to it now, and starts
/// the processes that begin with it; the call is answered when all of them have it. A place gets it once under the
/// call's key: after a crash only those are told that were not told before. Nothing is kept for later.
class SignalService final : public runtime::BuiltinService {
 public:
  runtime::PartnerAnswer call(const runtime::PartnerCall& call) override;
  void connect(runtime::Runtime& runtime) { runtime_ = &runtime; }

 private:
  runtime::Runtime* runtime_ = nullptr;
};

/// Brings a one-way message of one process to another one of this server, which takes it when it waits for it.
class ProcessService final : public runtime::BuiltinService {
 public:
  runtime::PartnerAnswer call(const runtime::PartnerCall& call) override;
  void connect(runtime::Runtime& runtime) { runtime_ = &runtime; }

 private:
  runtime::Runtime* runtime_ = nullptr;
};

}  // namespace echoflow::signals

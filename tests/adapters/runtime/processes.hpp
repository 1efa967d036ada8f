#pragma once
#include <string>

#include "adapters/runtime/runtime.hpp"

/// Small processes for the tests of the runtime, all on one WSDL.
namespace echoflow::runtime::test {

inline const std::string desk_namespace = "urn:echoflow:test:desk";

/// A deployment of one of the processes below, optionally with a descriptor.
Files deployment(const std::string& process, const std::string& descriptor = "");
/// Its key.
std::string key(const std::string& process);

/// open → reply with the same.
extern const std::string echo;
/// open (initiates id) → reply; add (one-way); ask → reply with the text of add.
extern const std::string conversation;
/// open and ask in any order start one instance for an id; both are replied to with each other's text.
extern const std::string meeting;
/// open → reply, waits ten seconds, then tells the partner.
extern const std::string sleeper;
/// open → calls the partner → reply with its answer, or with the local name of the fault.
extern const std::string caller;
/// add (one-way) → tells the partner (one-way) and ends.
extern const std::string teller;
/// open (initiates id) → reply; then every add counts one up, until ask is replied to with the count.
extern const std::string counter;
/// open without a reply.
extern const std::string silent;

}  // namespace echoflow::runtime::test

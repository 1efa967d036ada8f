#pragma once
#include <string>

#include "engine/cx/kpis/crossing.hpp"
#include "models/messages/message.hpp"

namespace echoflow::cx_kpis {

/// The message of cx:ThresholdListener's onThreshold.
Message threshold_message(const kpis::Crossing& crossing);

/// The key under which it is delivered to each process that listens; the same after a restart.
std::string threshold_key(const kpis::Crossing& crossing);

}  // namespace echoflow::cx_kpis

#include <cstdlib>

#include "engine/cx/warning/monitor.hpp"

/// A stored state that loads can be used, and is saved as it was loaded.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace echoflow;
  auto loaded = warning::Monitor::load({reinterpret_cast<const char*>(data), size}, {});
  if (!loaded) return 0;
  const auto saved = loaded->save();
  auto again = warning::Monitor::load(saved, {});
  if (!again || again->save() != saved) std::abort();
  const auto now = loaded->now();
  loaded->add({"post", now, {"delivery"}, cx::Polarity::negative, "facebook"});
  loaded->advance({now.micros + 3'600'000'000});
  return 0;
}

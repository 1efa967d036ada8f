#include <cstdlib>

#include "engine/cx/understanding/classifier.hpp"

/// A stored classifier that loads can be asked, and is stored as it was.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace echoflow::understanding;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  auto classifier = Classifier::load(bytes);
  if (!classifier) return 0;
  const auto chances = classifier->chances("Das Paket ist da");
  if (!(chances[0] + chances[1] + chances[2] > 0.99)) std::abort();
  const auto saved = classifier->save();
  auto again = Classifier::load(saved);
  if (!again || again->save() != saved) std::abort();
  return 0;
}

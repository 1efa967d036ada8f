#include <cstdlib>

#include "engine/cx/understanding/understander.hpp"

/// A rule set is refused with findings, or can be applied to any text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace echoflow::understanding;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  auto rules = RuleSet::parse(text, "rules");
  if (!rules) {
    if (rules.error().empty() || rules.error().size() > RuleLimits::findings) std::abort();
    return 0;
  }
  const Understander understander(std::make_shared<const RuleSet>(std::move(rules).value()));
  for (const auto* language : {"", "de", "en"}) {
    UnderstandOptions options;
    options.language = language;
    understander.understand(text, options);
    understander.understand("Das Paket kommt nicht an!! Where is my parcel? 🙄 „toll“ #ironie", options);
  }
  return 0;
}

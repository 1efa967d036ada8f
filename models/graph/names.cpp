#include "models/graph/names.hpp"

namespace echoflow::graph {

void Names::set(std::string language, std::string text) {
  if (text.empty())
    texts_.erase(language);
  else
    texts_[std::move(language)] = std::move(text);
}

std::string_view Names::in(std::string_view language) const {
  for (const auto wanted : {language, std::string_view{}, std::string_view{"en"}}) {
    const auto found = texts_.find(std::string(wanted));
    if (found != texts_.end()) return found->second;
  }
  return texts_.empty() ? std::string_view{} : texts_.begin()->second;
}

}  // namespace echoflow::graph

#pragma once
#include <string>
#include <utility>
#include <vector>

#include "adapters/http/message.hpp"

namespace echoflow::channels::survey {

struct Question {
  std::string title, text, comment_label, button, thanks, language;
  int least = 0, most = 0;  ///< both 0: no score is asked for
  bool asks_for_sender = false;
};

/// The page with the form; `hidden` goes back with it.
http::Response form_page(const Question& question, const std::vector<std::pair<std::string, std::string>>& hidden);
http::Response thanks_page(const Question& question);

}  // namespace echoflow::channels::survey

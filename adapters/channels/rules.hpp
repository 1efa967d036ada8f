#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace echoflow::channels {

/// How a network counts the length of a text.
enum class Counting : std::uint8_t {
  characters,  ///< Unicode code points
  graphemes,   ///< what a reader takes for one character
  weighted,    ///< X: most of Latin script counts 1, all else 2, an address 23
  utf16        ///< as JavaScript counts
};
std::string_view to_string(Counting counting);

/// Which words may be said on a channel, and when: data, so that a process, a policy or an agent's page can ask.
struct Rules {
  std::uint32_t max_public = 0;   ///< longest public text; 0: there are no public replies
  std::uint32_t max_private = 0;  ///< longest private text; 0: there are no private replies
  Counting counting = Counting::characters;
  bool public_posts = false;                               ///< a text to all that answers nothing
  bool first_word = false;                                 ///< we may write to a customer who did not write first
  std::optional<std::chrono::seconds> public_window;       ///< a reply must come this soon after what it answers
  std::optional<std::chrono::seconds> private_window;      ///< the same for private replies
  std::optional<std::chrono::seconds> template_window;     ///< after that only an approved template may be sent
  std::uint32_t private_replies = 0;                       ///< how many to one comment; 0: any number
  std::optional<std::chrono::seconds> no_promotion_after;  ///< after the customer's last word: nothing promotional
  /// Where neither of these two holds, a text whose answer got lost must not be sent again without a human.
  bool asks_first = false;         ///< after a lost answer find_sent() must be asked
  bool network_knows_key = false;  ///< the network itself holds an idempotency key, so that twice is once
};

/// Length of a UTF-8 text as the network counts it.
std::size_t length_of(std::string_view text, Counting counting);

}  // namespace echoflow::channels

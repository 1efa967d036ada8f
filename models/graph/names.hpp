#pragma once
#include <map>
#include <string>
#include <string_view>

namespace echoflow::graph {

/// A text by language: the key is a BCP 47 tag in lower case ("de", "en", "pt-br"), "" where the source says none.
class Names {
 public:
  Names() = default;
  Names(std::string text) { set("", std::move(text)); }

  void set(std::string language, std::string text);
  bool empty() const { return texts_.empty(); }
  /// The text in that language, else without a language, else in English, else the first by its tag; "" when empty.
  std::string_view in(std::string_view language) const;
  const std::map<std::string, std::string>& all() const { return texts_; }

  friend bool operator==(const Names&, const Names&) = default;

 private:
  std::map<std::string, std::string> texts_;
};

}  // namespace echoflow::graph

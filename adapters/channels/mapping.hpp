#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/channels/channel.hpp"
#include "adapters/channels/settings.hpp"
#include "models/cx/feedback.hpp"

namespace echoflow::channels {

/// Value at a path within one record; empty when there is none.
using Lookup = std::function<std::string(const std::string& path)>;

std::optional<cx::FeedbackKind> kind_of(std::string_view name);
std::string_view name_of(cx::FeedbackKind kind);

/// Which place of a foreign record is which member of a feedback: the table "mapping" of a channel's settings.
class Mapping {
 public:
  /// `presets` count where the settings say nothing. Mistakes are kept by `settings`.
  static Mapping read(Settings& settings, std::map<std::string, std::string> presets);

  /// The error says what is missing or malformed. The raw payload is the caller's.
  Result<cx::Feedback> build(const Lookup& lookup) const;
  const std::string& items() const { return items_; }

 private:
  std::string value(const Lookup& lookup, const char* member) const;
  std::map<std::string, std::string> paths_;
  std::map<std::string, std::string> context_;
  std::string items_;
  cx::FeedbackKind kind_ = cx::FeedbackKind::post;
  std::string survey_;
};

}  // namespace echoflow::channels

#include <algorithm>

#include "bpel/compile/human_tasks.hpp"
#include "bpel/source/text.hpp"
#include "models/base/sha256.hpp"

namespace echoflow::compile {
namespace {

constexpr std::size_t digest_digits = 16;

/// All that decides what the condition means where it stands.
std::string digest_of(const ast::InboundFilter& source, const std::vector<std::string>& channels) {
  std::string all;
  for (const auto& channel : channels) all += channel + "\n";
  if (source.when) {
    const auto& origin = source.when->origin;
    for (const auto& declaration : origin.document->namespaces_in_scope(origin.element))
      all += "\n" + std::string(declaration.prefix) + "=" + std::string(declaration.uri);
    all += "\n\n" + source.when->text;
  }
  return sha256_hex(all).substr(0, digest_digits);
}

}  // namespace

std::optional<program::InboundFilter> compile_filter(Compiler& compiler, const ast::InboundFilter& source,
                                                     program::MessageTypeId message) {
  if (!source.when && !source.channels) return std::nullopt;
  program::InboundFilter out;
  if (source.channels)
    for (const auto channel : source::words(*source.channels)) out.channels.emplace_back(channel);
  std::sort(out.channels.begin(), out.channels.end());
  out.channels.erase(std::unique(out.channels.begin(), out.channels.end()), out.channels.end());
  if (source.when) out.when = compiler.message_condition(*source.when, message);
  out.digest = digest_of(source, out.channels);
  return out;
}

}  // namespace echoflow::compile

#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace echoflow::xslt {

class Stylesheet;

/// A stylesheet that an expression names: compiled, or the fault that its use raises (WS-BPEL 2.0 §8.4).
struct Loaded {
  std::shared_ptr<const Stylesheet> sheet;  ///< null: see `fault`
  std::string fault;  ///< local name of the BPEL fault: xsltStylesheetNotFound or subLanguageExecutionFault
  std::string message;
};

/// Finds a file of the deployment by its URI; nullopt: there is none.
using Files = std::function<std::optional<std::string>(std::string_view uri)>;

/// Reads a stylesheet with all that it includes, imports or names in document('…'), and compiles it. Never null. Equal
/// stylesheets share one compiled form.
std::shared_ptr<const Loaded> load(const std::string& uri, const Files& files);

}  // namespace echoflow::xslt

#pragma once
#include "adapters/rest/api.hpp"
#include "models/documentation/render.hpp"

namespace echoflow::rest {

struct DocumentWish {
  documentation::Format format = documentation::Format::html;
  std::string language = "en";
  std::string iso_9001 = "2015";      ///< edition of the clauses
  std::optional<TimePoint> from, to;  ///< evidence of instances that started then
  /// What stands in the head; none: what the server's register of documents says of this process version.
  std::optional<documentation::Control> control;
  std::string watch;  ///< by which its caller asks how far it is; "": nobody does
};

/// The whole document of a deployed process version, with its evidence, sealed where the server has a key.
Result<std::string> make_document(Api& api, const runtime::ProcessInfo& process, const DocumentWish& wish);

namespace definitions {
/// How far a document is that another request waits for.
http::Response documentation_progress(Api& api, const Call& call);
}  // namespace definitions

}  // namespace echoflow::rest

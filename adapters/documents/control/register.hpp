#pragma once
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "adapters/documents/control/decide.hpp"
#include "adapters/runtime/clock.hpp"
#include "adapters/runtime/directory.hpp"
#include "engine/ports/cx_store.hpp"

/// The controlled documents of a server: each act is a row of the journal, the document's row beside it.
namespace echoflow::documents {

/// What makes a released version's files. The bytes are stored, so it may be asked once only.
struct RenderRequest {
  std::int64_t process = 0;
  std::string format, language;  ///< "pdf", "html", "docx"; "de", "en"
  documentation::Control control;
};
using Renderer = std::function<Result<std::string>(const RenderRequest&)>;

struct RegisterOptions {
  Renderer renderer;  ///< empty: no files are stored at a release; they are made from the sources when asked for
  std::vector<std::pair<std::string, std::string>> kept{{"pdf", "de"}, {"pdf", "en"}};  ///< formats and languages
  int remind_days = 30;                                                                 ///< before a review is due
};

/// Was a document about this process version released at that time?
bool was_released(const std::vector<DocumentRecord>& documents, std::int64_t process, TimePoint at);

/// Thread-safe.
class Register {
 public:
  /// Store and clock outlive it.
  Register(engine::Store& store, runtime::Clock& clock, RegisterOptions options = {});

  template <class T>
  using Answer = Result<T, DocumentRefusal>;

  Answer<DocumentRecord> create(const std::string& number, const std::string& process_key, Command command);
  /// `version` 0: the newest. A release stores its files.
  Answer<DocumentRecord> act(const std::string& number, std::uint32_t version, Command command);
  std::optional<DocumentRecord> find(const std::string& number) const;
  std::vector<DocumentRecord> all() const;  ///< by number
  /// The acts of a document, oldest first.
  Answer<std::vector<ActRecord>> history(const std::string& number) const;
  /// The stored file of a version; empty: there is none. Refused when it is not what was stored.
  Answer<std::string> content(const DocumentRecord& document, const VersionRecord& version, const std::string& format,
                              const std::string& language) const;

  /// What a document about this process version shows in its head; none where no document is about it.
  std::optional<documentation::Control> control_of(std::int64_t process) const;
  /// Is there any document about the process?
  bool is_controlled(const std::string& process_key) const;

  /// A newer version of a process is deployed: its documents' next versions are in work. Idempotent.
  void follow(const runtime::Directory& directory);
  /// Journals that a review is due, once for each version; returns the numbers.
  std::vector<std::string> remind();

 private:
  Answer<DocumentRecord> commit(Decided decided, std::vector<engine::DocumentRow> rows = {});
  Answer<DocumentRecord> keep_files(DocumentRecord document, std::uint32_t version, const std::string& who);
  Answer<DocumentRecord> load(const std::string& number) const;

  engine::Store& store_;
  runtime::Clock& clock_;
  const RegisterOptions options_;
  mutable std::mutex changing_;
};

}  // namespace echoflow::documents

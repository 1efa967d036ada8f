#pragma once
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/documents/chain_blocks.hpp"
#include "adapters/documents/signer.hpp"

/// Evidence files of a process (docs/evidence.md): lines of JSON, each sealed with all lines before it, the last one
/// signed. Version 1 of the format never changes.
namespace echoflow::documents {

/// How every file begins; by it a file is known inside a document.
inline constexpr std::string_view evidence_beginning =
    R"({"n":1,"kind":"head","data":{"format":"echoflow-process-evidence")";

struct EvidenceHead {
  std::string process;     ///< key
  std::string documented;  ///< version
  std::string source;      ///< its SHA-256
  std::string made_at;
};

/// Writes a file in order: head, figures, blocks, cases with their rows, end.
class EvidenceFileWriter {
 public:
  EvidenceFileWriter(const Signer& signer, const EvidenceHead& head);
  /// `json`: any value.
  void add_figures(std::string_view name, std::string_view json);
  void add_block(const Block& block);
  /// `json`: an object; `rows`: how many rows of it follow.
  void add_case(std::string_view json, std::int64_t rows);
  void add_row(const records::ChainLink& link, const Sha256& previous, const Sha256& hash, bool erased,
               const std::vector<Sha256>& path);
  /// The whole file.
  std::string finish(const records::ChainEnd& end);
  /// Base64, after finish().
  const std::string& signature() const { return signature_; }

 private:
  void line(std::string_view kind, std::string_view data, bool last = false);
  const Signer& signer_;
  std::string text_, signature_;
  std::int64_t number_ = 0;
  Sha256 seal_{};
};

struct EvidenceFileCheck {
  std::string process, made_at;
  std::string key;                        ///< fingerprint of the public key that signed
  std::int64_t lines = 0;                 ///< that were found whole
  std::int64_t journal_rows = 0;          ///< of the journal that the blocks cover
  std::int64_t cases = 0, case_rows = 0;  ///< of the sample
  std::int64_t erased = 0;                ///< of case_rows, with contents erased
  std::string head;                       ///< hash of the journal's last row
  std::int64_t broken_line = 0;           ///< 0: whole and unchanged
  std::string detail;                     ///< what is wrong there
  bool whole() const { return broken_line == 0; }
};
/// Checks every line's seal, the blocks against each other, the rows against their blocks, and the signature.
EvidenceFileCheck verify_evidence_file(std::istream& file);

}  // namespace echoflow::documents

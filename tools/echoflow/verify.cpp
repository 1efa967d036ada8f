#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/documents/document_seal.hpp"
#include "adapters/documents/evidence_file.hpp"
#include "adapters/rest/json_writer.hpp"
#include "adapters/store_soci/open_store.hpp"
#include "models/records/evidence.hpp"
#include "tools/echoflow/commands.hpp"

namespace echoflow::tool {

namespace {

struct Found {
  std::int64_t rows = 0;
  bool whole = false;
  std::string detail;  ///< what does not fit, and where
  std::string key;     ///< fingerprint of who signed; empty: nobody
};

int report(const Settings& settings, const Found& found) {
  if (settings.on("--json")) {
    json::Writer writer;
    writer.begin_object().member("whole", found.whole).member("rows", found.rows);
    if (!found.detail.empty()) writer.member("detail", found.detail);
    if (!found.key.empty()) writer.member("key", found.key);
    writer.end_object();
    std::printf("%s\n", writer.text().c_str());
  } else if (found.whole) {
    std::printf("whole and unchanged: %lld rows\n", static_cast<long long>(found.rows));
    if (!found.key.empty()) std::printf("signed by the key %s\n", found.key.c_str());
  } else {
    std::printf("changed: %s\n", found.detail.c_str());
  }
  return found.whole ? fine : findings;
}

int verify_database(const Settings& settings, const std::string& where) {
  auto store = store::open_store(where);
  if (!store) return complain(store.error().message);
  auto chain = (*store)->check_chain(0);
  if (!chain) return complain(chain.error().message);
  std::string detail =
      chain->broken_at ? "Row at position " + std::to_string(*chain->broken_at) + ": " + chain->detail : std::string();
  return report(settings, {chain->rows, !chain->broken_at, detail, ""});
}

bool is_sqlite(const std::string& file) {
  char head[16] = {};
  std::ifstream(file, std::ios::binary).read(head, sizeof head);
  return std::string_view(head, sizeof head) == std::string_view("SQLite format 3\0", 16);
}

/// Somebody else's key is as bad as a change.
void check_key(const Settings& settings, Found& found) {
  const std::string wanted = settings.get("--fingerprint");
  if (!found.whole || wanted.empty() || wanted == found.key) return;
  found.whole = false;
  found.detail = "It was signed by another key: " + found.key + ".";
}

Found check_process_evidence(std::istream& in) {
  const auto check = documents::verify_evidence_file(in);
  Found found{check.journal_rows, check.whole(), "", check.key};
  if (!check.whole()) found.detail = "Line " + std::to_string(check.broken_line) + ": " + check.detail;
  return found;
}

/// A document: its seal, and the evidence inside, which says where.
Found check_document(const std::string& bytes) {
  const auto seal = documents::check_seal(bytes);
  const std::string evidence = documents::embedded_evidence(bytes);
  std::istringstream in(evidence);
  Found found = check_process_evidence(in);
  if (evidence.empty()) found = {0, true, "", ""};
  if (!found.whole) found.detail = "In the embedded evidence: " + found.detail;
  if (!seal.whole) {
    if (found.whole && !evidence.empty())
      found.detail = "The evidence inside is whole: the change is outside of it, or it was put in from elsewhere.";
    found.detail = "The document: " + seal.detail + (found.detail.empty() ? "." : ". " + found.detail);
    found.whole = false;
  } else if (evidence.empty()) {
    found.key = seal.key;
  } else if (found.whole && seal.key != found.key) {
    found.whole = false;
    found.detail = "The document and its evidence were signed by different keys.";
  }
  return found;
}

Result<std::string> read_all(std::istream& in) {
  std::ostringstream out;
  out << in.rdbuf();
  if (!in) return fail("it cannot be read");
  return std::move(out).str();
}

bool begins_with(std::istream& in, std::string_view beginning) {
  std::string head(beginning.size(), '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(in.gcount()));
  in.clear();
  in.seekg(0);
  return head == beginning;
}

}  // namespace

int verify(const Settings& settings) {
  if (settings.arguments().size() != 1)
    return complain("verify needs one file, data folder or database address. See echoflow verify --help.");
  const std::string& where = settings.arguments().front();
  std::error_code error;
  if (store::is_postgres(where)) return verify_database(settings, where);
  if (!std::filesystem::exists(where, error)) return complain("'" + where + "' does not exist.");
  if (std::filesystem::is_directory(where, error)) {
    if (!std::filesystem::exists(where + "/echoflow.db", error))
      return complain("The folder '" + where + "' holds no echoflow.db.");
    return verify_database(settings, where + "/echoflow.db");
  }
  if (is_sqlite(where)) return verify_database(settings, where);
  std::ifstream in(where, std::ios::binary);
  if (!in) return complain("'" + where + "' cannot be read.");
  // Whatever begins like it was meant to be one: a byte of its first line may be what was changed.
  if (begins_with(in, documents::evidence_beginning.substr(0, 20))) {
    auto check = check_process_evidence(in);
    check_key(settings, check);
    return report(settings, check);
  }
  std::string head(512, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(in.gcount()));
  in.clear();
  in.seekg(0);
  if (documents::format_of(head) != documents::DocumentFormat::unknown) {
    const auto bytes = read_all(in);
    if (!bytes) return complain("'" + where + "': " + bytes.error().message + ".");
    auto check = check_document(*bytes);
    check_key(settings, check);
    return report(settings, check);
  }
  auto found = records::verify_evidence(in);
  if (found.broken_line == 1)
    return complain("'" + where + "' is no evidence file, data folder or database: " + found.detail);
  return report(settings, {found.rows, found.whole(),
                           found.whole() ? "" : "Line " + std::to_string(found.broken_line) + ": " + found.detail, ""});
}

}  // namespace echoflow::tool

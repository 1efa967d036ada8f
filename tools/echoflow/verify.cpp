#include <cstdio>
#include <filesystem>
#include <fstream>

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
};

int report(const Settings& settings, const Found& found) {
  if (settings.on("--json")) {
    json::Writer writer;
    writer.begin_object().member("whole", found.whole).member("rows", found.rows);
    if (!found.detail.empty()) writer.member("detail", found.detail);
    writer.end_object();
    std::printf("%s\n", writer.text().c_str());
  } else if (found.whole) {
    std::printf("whole and unchanged: %lld rows\n", static_cast<long long>(found.rows));
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
  return report(settings, {chain->rows, !chain->broken_at, detail});
}

bool is_sqlite(const std::string& file) {
  char head[16] = {};
  std::ifstream(file, std::ios::binary).read(head, sizeof head);
  return std::string_view(head, sizeof head) == std::string_view("SQLite format 3\0", 16);
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
  auto found = records::verify_evidence(in);
  if (found.broken_line == 1)
    return complain("'" + where + "' is no evidence file, data folder or database: " + found.detail);
  return report(settings, {found.rows, found.whole(),
                           found.whole() ? "" : "Line " + std::to_string(found.broken_line) + ": " + found.detail});
}

}  // namespace echoflow::tool

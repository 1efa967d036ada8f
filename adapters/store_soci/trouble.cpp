#include "adapters/store_soci/trouble.hpp"

#include <fmt/core.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

namespace echoflow::store {
namespace {

using engine::StoreErrorKind;

std::string_view remedy(StoreErrorKind kind) {
  switch (kind) {
    case StoreErrorKind::unavailable:
      return "check that it can be reached; it is tried again with the next request";
    case StoreErrorKind::full:
      return "its disk is full or its files may not grow: free some space or lift the limit; nothing else is needed";
    case StoreErrorKind::read_only:
      return "it cannot be written: give this user the right to write it, or mount it writable";
    case StoreErrorKind::busy:
      return "another program holds a lock on it: end that program or wait";
    case StoreErrorKind::conflict:
      return "what was to be written is there already or was changed meanwhile";
    case StoreErrorKind::corrupt:
      return "its file is damaged: restore a backup";
    case StoreErrorKind::other:
      return "see the database's own words";
  }
  return "";
}

Trouble trouble(StoreErrorKind kind, const std::string& where, std::string_view words, bool lost) {
  return {{kind, fmt::format("database {}: {} ({})", where, remedy(kind), words)}, lost};
}

StoreErrorKind kind_of_errno(int code) {
  if (code == ENOSPC || code == EDQUOT || code == EFBIG) return StoreErrorKind::full;
  if (code == EROFS || code == EACCES || code == EPERM) return StoreErrorKind::read_only;
  return StoreErrorKind::unavailable;
}

StoreErrorKind kind_of_sqlite(int result, int system_error) {
  switch (result & 0xff) {
    case SQLITE_FULL:
      return StoreErrorKind::full;
    case SQLITE_READONLY:
      return StoreErrorKind::read_only;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return StoreErrorKind::busy;
    case SQLITE_CONSTRAINT:
      return StoreErrorKind::conflict;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return StoreErrorKind::corrupt;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return kind_of_errno(system_error);
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return StoreErrorKind::read_only;
    default:
      return StoreErrorKind::other;
  }
}

StoreErrorKind kind_of_postgres(std::string_view state) {
  if (state == "53100") return StoreErrorKind::full;
  if (state == "25006" || state == "42501") return StoreErrorKind::read_only;
  if (state == "40001" || state == "40P01" || state == "55P03" || state == "55006" || state == "57014")
    return StoreErrorKind::busy;
  if (state == "XX001" || state == "XX002") return StoreErrorKind::corrupt;
  // Without a state it was the library that failed to reach the server.
  if (state.find_first_not_of(std::string_view(" \0", 2)) == std::string_view::npos) return StoreErrorKind::unavailable;
  const std::string_view group = state.substr(0, 2);
  if (group == "23") return StoreErrorKind::conflict;
  if (group == "08" || group == "57" || group == "53" || group == "28" || group == "3D")
    return StoreErrorKind::unavailable;
  return StoreErrorKind::other;
}

/// What the library says in one line, without its function's name and the statement with its values.
std::string in_one_line(const char* words) {
  std::string_view text(words);
  constexpr std::string_view function = "sqlite3_statement_backend::loadOne: ";
  if (text.starts_with(function)) text.remove_prefix(function.size());
  std::string line(text.substr(0, text.find(" while ")));
  std::replace(line.begin(), line.end(), '\n', ' ');
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace

void refuse(StoreErrorKind kind, std::string message) {
  throw StoreFailure({kind, std::move(message)});
}

Trouble explain_current_exception(const std::string& where, int system_error, bool session_broken) {
  try {
    throw;
  } catch (const StoreFailure& failure) {
    return {failure.error, session_broken};
  } catch (const soci::sqlite3_soci_error& error) {
    const StoreErrorKind kind = kind_of_sqlite(error.result(), system_error);
    const bool harmless =
        kind == StoreErrorKind::busy || kind == StoreErrorKind::full || kind == StoreErrorKind::conflict;
    return trouble(kind, where, in_one_line(error.what()), !harmless);
  } catch (const soci::postgresql_soci_error& error) {
    StoreErrorKind kind = kind_of_postgres(error.sqlstate());
    if (kind == StoreErrorKind::other && session_broken) kind = StoreErrorKind::unavailable;
    // A session keeps the settings that made it read-only.
    const bool useless = session_broken || kind == StoreErrorKind::unavailable || kind == StoreErrorKind::read_only;
    return trouble(kind, where, in_one_line(error.what()), useless);
  } catch (const soci::soci_error& error) {
    return trouble(session_broken ? StoreErrorKind::unavailable : StoreErrorKind::other, where,
                   in_one_line(error.what()), true);
  } catch (const std::exception& error) {
    return trouble(StoreErrorKind::other, where, error.what(), true);
  }
}

}  // namespace echoflow::store

#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "models/base/sha256.hpp"
#include "models/base/time.hpp"

namespace soci {
class session;
}

namespace echoflow::store {

enum class Dialect : std::uint8_t { sqlite, postgres };

/// A row of a running query: reads its columns from the left to the right.
class Columns {
 public:
  virtual std::int64_t integer() = 0;
  virtual std::optional<std::int64_t> optional_integer() = 0;
  virtual std::string text() = 0;
  virtual std::string bytes() = 0;
  template <class T>
  T number() {
    return static_cast<T>(integer());
  }
  TimePoint time() { return {integer()}; }
  Sha256 digest();

 protected:
  ~Columns() = default;
};

/// A prepared statement that is kept. Values are set from the left to the right. Everything here throws what SOCI
/// throws; see trouble.hpp.
class Query {
 public:
  /// `in` and `out` name the types of parameters and columns: i integer, t text, b bytes. The SQL is SQLite's:
  /// "as blob)" becomes PostgreSQL's "as bytea)".
  Query(soci::session& session, Dialect dialect, std::string_view sql, std::string_view in, std::string_view out);
  ~Query();

  Query& integer(std::int64_t value);
  Query& optional_integer(const std::optional<std::int64_t>& value);
  /// Text that PostgreSQL cannot keep (NUL, broken UTF-8) is stored there with U+FFFD in its place, and found so.
  Query& text(std::string_view value);
  Query& bytes(std::string_view value);
  Query& digest(const Sha256& value);
  /// Text that is plain already; takes it out of `value` instead of copying.
  Query& take(std::string& value);
  Query& time(TimePoint value) { return integer(value.micros); }

  /// Executes with the values set; returns how many rows changed.
  std::int64_t run();
  /// Executes and hands every row over. All rows are read even when the reader throws: an open statement would keep a
  /// lock.
  void select(const std::function<void(Columns&)>& reader);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace echoflow::store

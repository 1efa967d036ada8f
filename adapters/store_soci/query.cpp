#include "adapters/store_soci/query.hpp"

#include <soci/soci.h>

#include <algorithm>
#include <cassert>
#include <deque>
#include <exception>

#include "adapters/store_soci/plain_text.hpp"
#include "models/base/hex.hpp"

namespace echoflow::store {
namespace {

/// A parameter or column, at an address that SOCI may keep.
struct Place {
  char type = 'i';
  long long integer = 0;
  std::string text;
  soci::indicator indicator = soci::i_ok;
};

std::string in_dialect(Dialect dialect, std::string_view sql) {
  std::string text(sql);
  if (dialect == Dialect::sqlite) return text;
  constexpr std::string_view blob = "as blob)";
  for (auto at = text.find(blob); at != std::string::npos; at = text.find(blob, at))
    text.replace(at, blob.size(), "as bytea)");
  return text;
}

}  // namespace

Sha256 Columns::digest() {
  Sha256 digest{};
  const std::string read = bytes();
  std::copy_n(read.begin(), std::min(read.size(), digest.size()), digest.begin());
  return digest;
}

struct Query::Impl final : Columns {
  Impl(soci::session& session, Dialect used) : dialect(used), statement(session) {}

  Place& next_in() {
    assert(next < in.size());
    Place& place = in[next++];
    place.indicator = soci::i_ok;
    return place;
  }
  const Place& next_out() {
    assert(next_column < out.size());
    return out[next_column++];
  }

  std::int64_t integer() override {
    const Place& place = next_out();
    return place.indicator == soci::i_null ? 0 : place.integer;
  }
  std::optional<std::int64_t> optional_integer() override {
    const Place& place = next_out();
    if (place.indicator == soci::i_null) return std::nullopt;
    return place.integer;
  }
  std::string text() override {
    const Place& place = next_out();
    return place.indicator == soci::i_null ? std::string() : place.text;
  }
  std::string bytes() override {
    if (dialect == Dialect::sqlite) return text();
    const Place& place = next_out();
    if (place.indicator == soci::i_null || !place.text.starts_with("\\x")) return {};
    return from_hex(std::string_view(place.text).substr(2)).value_or(std::string());
  }

  /// Names the places to SOCI, which keeps their addresses.
  void bind() {
    for (Place& place : in) {
      if (place.type == 'i') {
        statement.exchange(soci::use(place.integer, place.indicator));
      } else {
        statement.exchange(soci::use(place.text, place.indicator));
      }
    }
    for (Place& place : out) {
      if (place.type == 'i') {
        statement.exchange(soci::into(place.integer, place.indicator));
      } else {
        statement.exchange(soci::into(place.text, place.indicator));
      }
    }
  }
  /// After a statement has failed SOCI's copies of the values would be lost by its next run: they are freed here.
  bool execute() {
    next = 0;
    try {
      return statement.execute(true);
    } catch (...) {
      statement.bind_clean_up();
      bind();
      statement.define_and_bind();
      throw;
    }
  }

  Dialect dialect;
  soci::statement statement;
  std::deque<Place> in, out;
  std::size_t next = 0;
  std::size_t next_column = 0;
};

Query::Query(soci::session& session, Dialect dialect, std::string_view sql, std::string_view in, std::string_view out)
    : impl_(std::make_unique<Impl>(session, dialect)) {
  for (const char type : in) impl_->in.emplace_back().type = type;
  for (const char type : out) impl_->out.emplace_back().type = type;
  soci::statement& statement = impl_->statement;
  impl_->bind();
  statement.alloc();
  statement.prepare(in_dialect(dialect, sql));
  statement.define_and_bind();
}

Query::~Query() = default;

Query& Query::integer(std::int64_t value) {
  impl_->next_in().integer = value;
  return *this;
}

Query& Query::optional_integer(const std::optional<std::int64_t>& value) {
  Place& place = impl_->next_in();
  place.integer = value.value_or(0);
  if (!value) place.indicator = soci::i_null;
  return *this;
}

Query& Query::text(std::string_view value) {
  Place& place = impl_->next_in();
  if (impl_->dialect == Dialect::postgres && !is_plain_text(value)) {
    place.text = to_plain_text(value);
  } else {
    place.text.assign(value);
  }
  return *this;
}

Query& Query::bytes(std::string_view value) {
  Place& place = impl_->next_in();
  if (impl_->dialect == Dialect::sqlite) {
    place.text.assign(value);
  } else {
    place.text = "\\x";
    append_hex(place.text, value);
  }
  return *this;
}

Query& Query::take(std::string& value) {
  impl_->next_in().text.swap(value);
  return *this;
}

Query& Query::digest(const Sha256& value) {
  return bytes({reinterpret_cast<const char*>(value.data()), value.size()});
}

std::int64_t Query::run() {
  assert(impl_->next == impl_->in.size());
  impl_->execute();
  return impl_->statement.get_affected_rows();
}

void Query::select(const std::function<void(Columns&)>& reader) {
  assert(impl_->next == impl_->in.size());
  std::exception_ptr thrown;
  for (bool more = impl_->execute(); more; more = impl_->statement.fetch()) {
    impl_->next_column = 0;
    try {
      if (!thrown) reader(*impl_);
    } catch (...) {
      thrown = std::current_exception();
    }
  }
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace echoflow::store

#include <fmt/core.h>
#include <libpq-fe.h>

#include <map>
#include <memory>

#include "adapters/store_soci/connection.hpp"
#include "adapters/store_soci/trouble.hpp"

namespace echoflow::store {
namespace {

std::string quoted(const std::string& value) {
  std::string text = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') text += '\\';
    text += c;
  }
  return text + "'";
}

std::map<std::string, std::string> read_address(const std::string& where) {
  char* words = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfoParse(where.c_str(), &words),
                                                                             &PQconninfoFree);
  const std::unique_ptr<char, decltype(&PQfreemem)> freed(words, &PQfreemem);
  if (!options) {
    refuse(engine::StoreErrorKind::other,
           fmt::format("the database's address cannot be read ({}); write postgresql://user@host/database",
                       words ? words : ""));
  }
  std::map<std::string, std::string> values;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr) values.emplace(option->keyword, option->val);
  }
  return values;
}

}  // namespace

bool is_postgres(const std::string& where) {
  if (where.starts_with("postgresql://") || where.starts_with("postgres://")) return true;
  for (const char* key : {"host=", "hostaddr=", "dbname=", "service=", "port=", "user="}) {
    if (where.starts_with(key)) return true;
  }
  return false;
}

Database database_from(const std::string& where, const StoreOptions& options) {
  if (!is_postgres(where)) return {Dialect::sqlite, where, where, options};
  auto values = read_address(where);
  // A server that has gone is noticed within seconds, not when TCP gives up.
  values.emplace("connect_timeout", "5");
  values.emplace("application_name", "echoflow");
  values.emplace("keepalives_idle", "10");
  values.emplace("keepalives_interval", "5");
  values.emplace("keepalives_count", "3");
  values.emplace("tcp_user_timeout", "20000");
  std::string address;
  for (const auto& [key, value] : values) address += fmt::format("{}={} ", key, quoted(value));
  const std::string port = values["port"].empty() ? "" : ":" + values["port"];
  const std::string name = fmt::format("postgresql://{}{}/{}", values["host"], port, values["dbname"]);
  return {Dialect::postgres, address, name, options};
}

}  // namespace echoflow::store

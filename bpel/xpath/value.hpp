#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "bpel/xpath/date_time.hpp"
#include "bpel/xpath/decimal.hpp"
#include "models/base/number_text.hpp"
#include "models/base/qname.hpp"
#include "models/xml/tree.hpp"

namespace echoflow::xpath {

/// A node during one evaluation: documents are numbered in the order in which the evaluation met them, so that document
/// order across documents does not depend on addresses.
struct Node {
  std::uint32_t document = 0;
  xml::NodeIndex index = xml::no_node;
  std::uint32_t ns = 0;  ///< n > 0: the n-th namespace node of element `index`

  friend bool operator==(const Node&, const Node&) = default;
};
using NodeList = std::vector<Node>;

/// Item types. XPath 1.0 uses node, string, boolean and double_ only.
enum class Type : std::uint8_t {
  node,
  untyped_atomic,
  string,
  any_uri,
  boolean,
  decimal,
  integer,
  non_positive_integer,
  negative_integer,
  long_,
  int_,
  short_,
  byte_,
  non_negative_integer,
  unsigned_long,
  unsigned_int,
  unsigned_short,
  unsigned_byte,
  positive_integer,
  float_,
  double_,
  date,
  time,
  date_time,
  duration,
  day_time_duration,
  year_month_duration,
  qname,
};

inline bool is_integer(Type t) {
  return t >= Type::integer && t <= Type::positive_integer;
}
inline bool is_decimal(Type t) {
  return t >= Type::decimal && t <= Type::positive_integer;
}
inline bool is_numeric(Type t) {
  return t >= Type::decimal && t <= Type::double_;
}
inline bool is_duration(Type t) {
  return t >= Type::duration && t <= Type::year_month_duration;
}
inline bool is_stringlike(Type t) {
  return t >= Type::untyped_atomic && t <= Type::any_uri;
}

/// The local name in the XML Schema namespace: "dateTime". "node" for Type::node.
std::string_view type_name(Type type);

struct QNameValue {
  std::string prefix;
  QName name;
};

struct Item {
  Type type = Type::string;
  std::variant<bool, double, Node, Decimal, DateTime, Duration, std::string, std::shared_ptr<const QNameValue>> data;

  static Item of(Node n) { return {Type::node, n}; }
  static Item of(bool b) { return {Type::boolean, b}; }
  static Item of(double d) { return {Type::double_, d}; }
  static Item of(std::string s) { return {Type::string, std::move(s)}; }
  static Item integer(std::int64_t n) { return {Type::integer, Decimal::of(n)}; }
  static Item of(QNameValue q) { return {Type::qname, std::make_shared<const QNameValue>(std::move(q))}; }

  bool is_node() const { return type == Type::node; }
  const Node& node() const { return *std::get_if<Node>(&data); }
  bool boolean() const { return *std::get_if<bool>(&data); }
  double number() const { return *std::get_if<double>(&data); }
  const Decimal& decimal() const { return *std::get_if<Decimal>(&data); }
  const DateTime& date_time() const { return *std::get_if<DateTime>(&data); }
  const Duration& duration() const { return *std::get_if<Duration>(&data); }
  const std::string& text() const { return *std::get_if<std::string>(&data); }
  const QNameValue& qname() const { return **std::get_if<std::shared_ptr<const QNameValue>>(&data); }
};

using Sequence = std::vector<Item>;

inline Sequence single(Item item) {
  Sequence s;
  s.push_back(std::move(item));
  return s;
}

/// XPath 1.0 §4.4 number(): NaN for what is no number. XPath 2.0 also reads exponents, INF and a leading '+'.
double parse_number(std::string_view text);
double parse_double(std::string_view text, bool& valid);
/// The canonical text of an atomic item (XPath 2.0, casting to xs:string). `one` prints doubles as XPath 1.0 does.
std::string atomic_text(const Item& item, bool one = false);

/// An evaluation that failed: a BPEL fault's name (WS-BPEL 2.0 Appendix A, or one of an extension), why, and, when a
/// limit was passed, its name ("xpath-steps"). Thrown inside this folder only; Expression turns it into a Fault.
struct EvaluationError {
  QName fault;
  std::string message;
  std::string limit;
};

/// Throws bpel:subLanguageExecutionFault; `code` is the error code of XPath 2.0, or empty.
[[noreturn]] void raise(std::string_view code, std::string message);
[[noreturn]] void raise_limit(std::string_view limit, std::string message);
[[noreturn]] void raise_fault(std::string_view bpel_fault, std::string message);

}  // namespace echoflow::xpath

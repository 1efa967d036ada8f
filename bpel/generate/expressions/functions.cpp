#include "bpel/generate/expressions/functions.hpp"

#include <algorithm>
#include <span>

namespace echoflow::generate {

namespace {

using enum ValueType;

#define UPPER_LETTERS "'ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ'"
#define LOWER_LETTERS "'abcdefghijklmnopqrstuvwxyzäöü'"

constexpr Function functions[] = {
    {"contains", 2, text, truth, "contains({1}, {2})"},
    {"includes", 2, text, truth, "contains({1}, {2})"},
    {"startsWith", 2, text, truth, "starts-with({1}, {2})"},
    {"starts with", 2, text, truth, "starts-with({1}, {2})"},
    {"endsWith", 2, text, truth, "(substring({1}, string-length({1}) - string-length({2}) + 1) = {2})"},
    {"ends with", 2, text, truth, "(substring({1}, string-length({1}) - string-length({2}) + 1) = {2})"},
    {"equals", 2, unknown, truth, "({1} = {2})"},
    {"equalsIgnoreCase", 2, text, truth,
     "(translate({1}, " UPPER_LETTERS ", " LOWER_LETTERS ") = translate({2}, " UPPER_LETTERS ", " LOWER_LETTERS "))"},
    {"isEmpty", 1, text, truth, "(string-length({1}) = 0)"},
    {"length", 1, text, number, "string-length({1})"},
    {"size", 1, text, number, "string-length({1})"},
    {"string length", 1, text, number, "string-length({1})"},
    {"toUpperCase", 1, text, text, "translate({1}, " LOWER_LETTERS ", " UPPER_LETTERS ")"},
    {"upper case", 1, text, text, "translate({1}, " LOWER_LETTERS ", " UPPER_LETTERS ")"},
    {"toLowerCase", 1, text, text, "translate({1}, " UPPER_LETTERS ", " LOWER_LETTERS ")"},
    {"lower case", 1, text, text, "translate({1}, " UPPER_LETTERS ", " LOWER_LETTERS ")"},
    {"concat", 2, text, text, "concat({1}, {2})"},
    {"substring", 2, text, text, "substring({1}, {2} + 1)"},
    {"toString", 1, unknown, text, "string({1})"},
    {"string", 1, unknown, text, "string({1})"},
    {"stringValue", 1, text, text, "{1}"},
    {"numberValue", 1, number, number, "{1}"},
    {"boolValue", 1, truth, truth, "{1}"},
    {"number", 1, unknown, number, "number({1})"},
    {"intValue", 1, unknown, number, "floor({1})"},
    {"parseInt", 1, unknown, number, "floor({1})"},
    {"floor", 1, number, number, "floor({1})"},
    {"ceiling", 1, number, number, "ceiling({1})"},
    {"round", 1, number, number, "round({1})"},
};

/// {1} stands for the items.
constexpr Function list_functions[] = {
    {"size", 1, list, number, "count({1})"},
    {"count", 1, list, number, "count({1})"},
    {"sum", 1, list, number, "sum({1})"},
    {"list contains", 2, list, truth, "boolean({1}[string(.) = {2}])"},
    {"length", 1, list, number, "count({1})"},
    {"isEmpty", 1, list, truth, "(count({1}) = 0)"},
    {"contains", 2, list, truth, "boolean({1}[string(.) = {2}])"},
    {"includes", 2, list, truth, "boolean({1}[string(.) = {2}])"},
};
/// How many of them mean a list where nothing else tells.
constexpr std::size_t mean_lists = 4;

const Function* find_in(std::span<const Function> table, std::string_view name, std::optional<std::size_t> values) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Function& each) {
    return each.name == name && (!values || each.values == *values);
  });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace

const Function* find_function(std::string_view name, std::optional<std::size_t> values, ValueType first) {
  const std::span<const Function> lists(list_functions);
  const bool known = first == text || first == number || first == truth;
  const Function* of_lists = known ? nullptr : find_in(first == list ? lists : lists.first(mean_lists), name, values);
  return of_lists ? of_lists : find_in(functions, name, values);
}

}  // namespace echoflow::generate

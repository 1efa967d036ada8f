#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace echoflow::bpmn {

/// When a rule's finding is an error.
enum class Weight : std::uint8_t {
  always,     ///< the metamodel, references, structure
  execution,  ///< an error in what is to be executed, a warning in what is drawn
  advice,     ///< never more than a warning
};

/// A constraint of BPMN 2.0 (formal/2013-12-09), in our own words.
struct Rule {
  std::string_view id;
  Weight weight;
  std::string_view section;
  std::string_view says;
};

/// All rules in the order of their ids.
std::span<const Rule> catalogue();
/// The rule of that id; the id must be one of the catalogue.
const Rule& rule(std::string_view id);

}  // namespace echoflow::bpmn

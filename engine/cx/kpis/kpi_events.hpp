#pragma once
#include "engine/cx/kpis/crossing.hpp"
#include "engine/cx/kpis/declaration.hpp"
#include "models/records/bare.hpp"

/// What stands in the journal's stream of the KPIs. Types and field ids are permanent: a number that is given up is
/// never used again. What is counted, from when on, and the time that passed while nothing else happened are in the
/// journal: so it alone gives the figures again.
namespace echoflow::kpis {

enum class EventType : std::uint32_t {
  kpi_declared = 400,
  kpi_withdrawn = 401,
  time_passed = 402,
  kpi_crossed = 403,
  figures_saved = 404,
};

struct KpiDeclared {  ///< it counts from here on
  static constexpr auto type = EventType::kpi_declared;
  Declaration declaration;
  template <class V>
  void fields(V& v) {
    v(1, declaration);
  }
};
struct KpiWithdrawn {
  static constexpr auto type = EventType::kpi_withdrawn;
  std::string id;
  template <class V>
  void fields(V& v) {
    v(1, id);
  }
};
struct TimePassed {
  static constexpr auto type = EventType::time_passed;
  TimePoint until;
  template <class V>
  void fields(V& v) {
    v(1, until);
  }
};
struct KpiCrossed {
  static constexpr auto type = EventType::kpi_crossed;
  Crossing crossing;
  template <class V>
  void fields(V& v) {
    v(1, crossing);
  }
};
struct FiguresSaved {
  static constexpr auto type = EventType::figures_saved;
  std::int64_t position = 0;  ///< up to which they count
  template <class V>
  void fields(V& v) {
    v(1, position);
  }
};

template <class E>
void encode_event(std::string& events, const E& event) {
  records::append_bare_event(events, static_cast<std::uint64_t>(E::type), event);
}

}  // namespace echoflow::kpis

#include "adapters/rest/api.hpp"
#include "adapters/rest/route_parameters.hpp"

namespace echoflow::rest {

namespace {

using enum Access;

}  // namespace

std::vector<Route> figure_routes() {
  return {
      {"GET",
       "/api/v1/channels",
       read,
       channel_views::list,
       "listChannels",
       "channels",
       "List the channels with their networks' rules and what they have seen.",
       Body::none,
       {},
       200,
       "ChannelPage"},
      {"GET",
       "/api/v1/channels/{name}",
       read,
       channel_views::get,
       "getChannel",
       "channels",
       "Show a channel, its network's rules and what it has seen.",
       Body::none,
       {},
       200,
       "Channel"},

      {"GET",
       "/api/v1/kpis",
       read,
       kpi_views::list,
       "listKpis",
       "kpis",
       "List the KPIs with their values, levels, windows, groups and targets.",
       Body::none,
       {},
       200,
       "KpiPage",
       "application/json",
       {{"process", text_schema, "Only KPIs that this process declares: {namespace}name."},
        {"level", R"({"enum":["normal","warning","critical"]})", "Only groups at this level."}}},
      {"GET",
       "/api/v1/kpis/{name}",
       read,
       kpi_views::get,
       "getKpi",
       "kpis",
       "Show a KPI with its groups, percentiles and the crossings of its levels.",
       Body::none,
       {},
       200,
       "Kpi",
       "application/json",
       {{"process", text_schema, "The process that declares it, where several have one of this name."},
        {"group", text_schema, "Only this group."}}},
      {"GET",
       "/api/v1/kpis/{name}/instances",
       read,
       kpi_views::instances,
       "listKpiInstances",
       "kpis",
       "List what is being measured now, the highest values first.",
       Body::none,
       {},
       200,
       "KpiInstances",
       "application/json",
       {{"process", text_schema, "The process that declares it, where several have one of this name."},
        {"level", R"({"enum":["normal","warning","critical"]})", "Only instances at this level."},
        limit}},
      {"POST",
       "/api/v1/kpis/rebuild",
       operate,
       kpi_views::rebuild,
       "rebuildKpis",
       "kpis",
       "Count everything anew from the journal and compare it with the live figures.",
       Body::none,
       {},
       200,
       "KpiRebuilt"},
  };
}

}  // namespace echoflow::rest

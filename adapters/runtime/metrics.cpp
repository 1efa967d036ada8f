#include "adapters/runtime/metrics.hpp"

#include <string_view>

namespace echoflow::runtime {
namespace {

void describe(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
  out.append("# HELP ").append(name).append(" ").append(help).append("\n");
  out.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

template <class Number>
void sample(std::string& out, std::string_view name, std::string_view type, std::string_view help, Number value) {
  describe(out, name, type, help);
  out.append(name).append(" ").append(std::to_string(value)).append("\n");
}

void ended(std::string& out, std::string_view outcome, std::uint64_t value) {
  out.append("echoflow_instances_ended_total{outcome=\"").append(outcome).append("\"} ");
  out.append(std::to_string(value)).append("\n");
}

std::string seconds(std::uint64_t micros) {
  std::string fraction = std::to_string(micros % 1'000'000);
  fraction.insert(0, 6 - fraction.size(), '0');
  return std::to_string(micros / 1'000'000) + "." + fraction;
}

void commit_histogram(std::string& out, const Metrics& metrics) {
  constexpr std::string_view name = "echoflow_commit_seconds";
  describe(out, name, "histogram", "Time of one transaction of the journal.");
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < Metrics::commit_bounds.size(); ++i) {
    sum += metrics.commit_buckets[i].load();
    const bool last = i + 1 == Metrics::commit_bounds.size();
    out.append(name).append("_bucket{le=\"").append(last ? "+Inf" : seconds(Metrics::commit_bounds[i])).append("\"} ");
    out.append(std::to_string(sum)).append("\n");
  }
  out.append(name).append("_sum ").append(seconds(metrics.commit_micros.load())).append("\n");
  out.append(name).append("_count ").append(std::to_string(sum)).append("\n");
}

}  // namespace

void Metrics::observe_commit(std::uint64_t micros) {
  std::size_t i = 0;
  while (micros > commit_bounds[i]) ++i;
  commit_buckets[i].fetch_add(1, std::memory_order_relaxed);
  commit_micros.fetch_add(micros, std::memory_order_relaxed);
}

std::string Metrics::prometheus() const {
  std::string out;
  out.reserve(8192);
  auto counter = [&](std::string_view name, std::string_view help, const Counter& value) {
    sample(out, name, "counter", help, value.load());
  };
  auto gauge = [&](std::string_view name, std::string_view help, const Gauge& value) {
    sample(out, name, "gauge", help, value.load());
  };
  counter("echoflow_messages_received_total", "Messages that arrived for a process.", messages_received);
  counter("echoflow_messages_held_total", "Messages kept until an instance waits for them.", messages_held);
  counter("echoflow_messages_refused_total", "Messages that were not accepted.", messages_refused);
  counter("echoflow_filter_faults_total", "Conditions of cx:when that could not be evaluated.", filter_faults);
  counter("echoflow_instances_started_total", "Process instances started.", instances_started);
  describe(out, "echoflow_instances_ended_total", "counter", "Process instances ended.");
  ended(out, "completed", instances_completed.load());
  ended(out, "faulted", instances_faulted.load());
  ended(out, "terminated", instances_terminated.load());
  counter("echoflow_turns_total", "Turns run.", turns);
  counter("echoflow_turns_refused_total", "Commands that an instance refused.", turns_refused);
  counter("echoflow_turns_committed_total", "Turns made durable.", turns_committed);
  counter("echoflow_activities_total", "Activities executed.", activities);
  counter("echoflow_commits_total", "Transactions committed.", commits);
  counter("echoflow_commit_failures_total", "Transactions that failed.", commit_failures);
  counter("echoflow_replies_total", "Replies given.", replies);
  counter("echoflow_fault_replies_total", "Faults given as replies.", faults_replied);
  counter("echoflow_partner_calls_total", "Attempts to call a partner.", partner_calls);
  counter("echoflow_partner_retries_total", "Attempts after a first one.", partner_retries);
  counter("echoflow_partner_failures_total", "Calls given up.", partner_failures);
  counter("echoflow_timers_fired_total", "Timers fired.", timers_fired);
  counter("echoflow_incidents_raised_total", "Incidents raised.", incidents_raised);
  counter("echoflow_incidents_resolved_total", "Incidents resolved.", incidents_resolved);
  counter("echoflow_instance_loads_total", "Instances read back into memory.", instance_loads);
  counter("echoflow_instance_evictions_total", "Instances put out of memory.", instance_evictions);
  counter("echoflow_compilations_total", "Deployments compiled.", compilations);
  gauge("echoflow_instances_warm", "Instances in memory.", instances_warm);
  gauge("echoflow_instances_busy", "Instances with a turn running or waiting for its commit.", instances_busy);
  gauge("echoflow_callers_waiting", "Callers that wait for a reply.", callers_waiting);
  gauge("echoflow_processes", "Deployed process versions.", processes);
  gauge("echoflow_ready", "1 when the database can be written.", ready);
  commit_histogram(out, *this);
  return out;
}

}  // namespace echoflow::runtime

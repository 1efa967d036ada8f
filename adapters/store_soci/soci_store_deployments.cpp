#include <fmt/core.h>

#include "adapters/store_soci/soci_store.hpp"

namespace echoflow::store {

using namespace engine;

namespace {

void read_processes(Connection& connection, DeploymentRow& deployment) {
  connection
      .query("SELECT id, deployment, key, version, file, source_hash FROM processes WHERE deployment = :d ORDER BY id",
             "i", "iititt")
      .integer(deployment.id)
      .select([&](Columns& row) {
        ProcessRow& process = deployment.processes.emplace_back();
        process.id = row.integer();
        process.deployment = row.integer();
        process.key = row.text();
        process.version = row.number<std::int32_t>();
        process.file = row.text();
        process.source_hash = row.text();
      });
}

std::int32_t next_version(Connection& connection, const std::string& key) {
  connection
      .query(
          "INSERT INTO process_versions (key, version) VALUES (:k, 1) ON CONFLICT (key) DO UPDATE SET version = "
          "process_versions.version + 1",
          "t")
      .text(key)
      .run();
  std::int32_t version = 0;
  connection.query("SELECT version FROM process_versions WHERE key = :k", "t", "i").text(key).select([&](Columns& row) {
    version = row.number<std::int32_t>();
  });
  return version;
}

DeploymentRow read_deployment(Columns& row) {
  DeploymentRow deployment;
  deployment.id = row.integer();
  deployment.name = row.text();
  deployment.deployed_at = row.time();
  deployment.archive = row.bytes();
  return deployment;
}

/// Takes the contents out of the journal rows of the instances that `of` names with one parameter; digests stay.
void erase_journal(Connection& connection, const std::string& of, std::int64_t parameter, bool events_too) {
  const char* contents =
      events_too ? "events = cast('' as blob), payload = cast('' as blob)" : "payload = cast('' as blob)";
  connection.query(fmt::format("UPDATE journal SET erased = 1, {} WHERE instance {}", contents, of), "i")
      .integer(parameter)
      .run();
}

}  // namespace

Result<void, StoreError> SociStore::add_deployment(DeploymentRow& deployment) {
  const auto first = reserve_ids(1 + static_cast<std::int64_t>(deployment.processes.size()));
  if (!first) return fail(first.error());
  return write([&](Connection& connection) {
    deployment.id = *first;
    connection
        .query("INSERT INTO deployments (id, name, deployed_at, archive) VALUES (:i, :n, :a, cast(:b as blob))", "itib")
        .integer(deployment.id)
        .text(deployment.name)
        .time(deployment.deployed_at)
        .bytes(deployment.archive)
        .run();
    std::int64_t id = *first;
    for (ProcessRow& process : deployment.processes) {
      process.id = ++id;
      process.deployment = deployment.id;
      process.version = next_version(connection, process.key);
      connection
          .query(
              "INSERT INTO processes (id, deployment, key, version, file, source_hash) VALUES (:i, :d, :k, :v, :f, :h)",
              "iititt")
          .integer(process.id)
          .integer(process.deployment)
          .text(process.key)
          .integer(process.version)
          .text(process.file)
          .text(process.source_hash)
          .run();
    }
  });
}

Result<std::vector<DeploymentRow>, StoreError> SociStore::deployments(bool with_archives) {
  using Rows = std::vector<DeploymentRow>;
  return read<Rows>([&](Connection& connection, Rows& rows) {
    connection
        .query(with_archives ? "SELECT id, name, deployed_at, archive FROM deployments ORDER BY id"
                             : "SELECT id, name, deployed_at, cast('' as blob) FROM deployments ORDER BY id",
               "", "itib")
        .select([&](Columns& row) { rows.push_back(read_deployment(row)); });
    for (DeploymentRow& row : rows) read_processes(connection, row);
  });
}

Result<std::optional<DeploymentRow>, StoreError> SociStore::deployment(std::int64_t id) {
  using Found = std::optional<DeploymentRow>;
  return read<Found>([&](Connection& connection, Found& found) {
    connection.query("SELECT id, name, deployed_at, archive FROM deployments WHERE id = :i", "i", "itib")
        .integer(id)
        .select([&](Columns& row) { found = read_deployment(row); });
    if (found) read_processes(connection, *found);
  });
}

Result<void, StoreError> SociStore::remove_deployment(std::int64_t id) {
  return erase([&](Connection& connection) {
    const std::string of =
        "IN (SELECT id FROM instances WHERE process IN (SELECT id FROM processes WHERE deployment = :d))";
    erase_journal(connection, of, id, true);
    for (const char* table : {"snapshots", "subscriptions", "timers", "outbox", "incidents", "kept_replies"}) {
      connection.query(fmt::format("DELETE FROM {} WHERE instance {}", table, of), "i").integer(id).run();
    }
    connection.query("DELETE FROM instances WHERE process IN (SELECT id FROM processes WHERE deployment = :d)", "i")
        .integer(id)
        .run();
    connection.query("DELETE FROM processes WHERE deployment = :d", "i").integer(id).run();
    const auto removed = connection.query("DELETE FROM deployments WHERE id = :d", "i").integer(id).run();
    if (removed != 1) refuse(StoreErrorKind::conflict, fmt::format("there is no deployment {}", id));
  });
}

Result<std::int64_t, StoreError> SociStore::running_instances(std::int64_t deployment) {
  return read<std::int64_t>([&](Connection& connection, std::int64_t& count) {
    connection
        .query(
            "SELECT count(*) FROM instances WHERE process IN (SELECT id FROM processes WHERE deployment = :d) AND "
            "status IN (0, 1)",
            "i", "i")
        .integer(deployment)
        .select([&](Columns& row) { count = row.integer(); });
  });
}

Result<void, StoreError> SociStore::erase_payloads(InstanceId id) {
  return erase([&](Connection& connection) {
    std::optional<InstanceStatus> status;
    connection.query("SELECT status FROM instances WHERE id = :i", "i", "i").integer(id).select([&](Columns& row) {
      status = row.number<InstanceStatus>();
    });
    if (!status) refuse(StoreErrorKind::conflict, fmt::format("there is no instance {}", id));
    if (*status == InstanceStatus::running || *status == InstanceStatus::suspended) {
      refuse(StoreErrorKind::conflict,
             fmt::format("instance {} still runs and needs its data; terminate it first", id));
    }
    erase_journal(connection, "= :i", id, false);
    connection.query("DELETE FROM snapshots WHERE instance = :i", "i").integer(id).run();
    connection.query("DELETE FROM kept_replies WHERE instance = :i", "i").integer(id).run();
    connection.query("UPDATE incidents SET detail = '' WHERE instance = :i", "i").integer(id).run();
  });
}

}  // namespace echoflow::store

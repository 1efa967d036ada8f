#pragma once
// Inside adapters/store_soci only.

namespace echoflow::store {

/// SQLite writes its log page by page, each with a header of its own: some twenty calls into the system for a small
/// commit. From here on sessions can be told to gather them. To be called before a session is opened; again does nothing.
void prepare_gathered_log();

/// The session's writes to its log are gathered and written at once when the log is synced, which a commit with
/// synchronous=FULL does before anybody may read what it wrote. `database` is a sqlite3*, in WAL mode already.
void gather_log_writes(void* database);

}  // namespace echoflow::store

-- What customers say, what is answered, and what people and figures make of it: one row per record, beside its journal stream.

CREATE TABLE cx_feedback (
  id INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  external_id TEXT NOT NULL,
  conversation TEXT NOT NULL,
  customer TEXT NOT NULL,
  status INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  instances TEXT NOT NULL,
  body BLOB NOT NULL,
  raw BLOB NOT NULL
) STRICT;

CREATE TABLE cx_deliveries (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  channel TEXT NOT NULL,
  feedback INTEGER NOT NULL,
  status INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  next_attempt INTEGER NOT NULL,
  external_id TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;

CREATE TABLE cx_tasks (
  id INTEGER PRIMARY KEY,
  instance INTEGER NOT NULL,
  activity INTEGER NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  priority INTEGER NOT NULL,
  owner TEXT NOT NULL,
  queue TEXT NOT NULL,
  customer TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  next_deadline INTEGER,
  version INTEGER NOT NULL,
  potential_owners TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;

-- The tasks that somebody may claim, in the order of lists. State, priority and time are those of the task.
CREATE TABLE cx_task_owners (
  task INTEGER NOT NULL,
  potential_owner TEXT NOT NULL,
  state TEXT NOT NULL,
  priority INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (task, potential_owner)
) STRICT, WITHOUT ROWID;

CREATE TABLE cx_kpis (
  kpi TEXT NOT NULL,
  grp TEXT NOT NULL,
  level TEXT NOT NULL,
  crossings INTEGER NOT NULL,
  position INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (kpi, grp)
) STRICT, WITHOUT ROWID;

CREATE TABLE cx_alerts (
  id INTEGER PRIMARY KEY,
  episode INTEGER NOT NULL,
  state TEXT NOT NULL,
  severity TEXT NOT NULL,
  topic TEXT NOT NULL,
  channel TEXT NOT NULL,
  at INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;

CREATE TABLE cx_documents (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

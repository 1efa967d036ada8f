-- What customers say, what is answered, and what people and figures make of it: one row per record, beside its journal stream.

CREATE TABLE cx_feedback (
  id bigint PRIMARY KEY,
  channel text COLLATE "C" NOT NULL,
  external_id text COLLATE "C" NOT NULL,
  conversation text COLLATE "C" NOT NULL,
  customer text COLLATE "C" NOT NULL,
  status bigint NOT NULL,
  received_at bigint NOT NULL,
  instances text COLLATE "C" NOT NULL,
  body bytea NOT NULL,
  raw bytea NOT NULL
);

CREATE TABLE cx_deliveries (
  id bigint PRIMARY KEY,
  key text COLLATE "C" NOT NULL,
  channel text COLLATE "C" NOT NULL,
  feedback bigint NOT NULL,
  status bigint NOT NULL,
  attempts bigint NOT NULL,
  next_attempt bigint NOT NULL,
  external_id text COLLATE "C" NOT NULL,
  body bytea NOT NULL
);

CREATE TABLE cx_tasks (
  id bigint PRIMARY KEY,
  instance bigint NOT NULL,
  activity bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL,
  priority bigint NOT NULL,
  owner text COLLATE "C" NOT NULL,
  queue text COLLATE "C" NOT NULL,
  customer text COLLATE "C" NOT NULL,
  created_at bigint NOT NULL,
  next_deadline bigint,
  version bigint NOT NULL,
  potential_owners text COLLATE "C" NOT NULL,
  body bytea NOT NULL
);

-- The tasks that somebody may claim, in the order of lists. State, priority and time are those of the task.
CREATE TABLE cx_task_owners (
  task bigint NOT NULL,
  potential_owner text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL,
  priority bigint NOT NULL,
  created_at bigint NOT NULL,
  PRIMARY KEY (task, potential_owner)
);

CREATE TABLE cx_kpis (
  kpi text COLLATE "C" NOT NULL,
  grp text COLLATE "C" NOT NULL,
  level text COLLATE "C" NOT NULL,
  crossings bigint NOT NULL,
  position bigint NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (kpi, grp)
);

CREATE TABLE cx_alerts (
  id bigint PRIMARY KEY,
  episode bigint NOT NULL,
  state text COLLATE "C" NOT NULL,
  severity text COLLATE "C" NOT NULL,
  topic text COLLATE "C" NOT NULL,
  channel text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  body bytea NOT NULL
);

CREATE TABLE cx_documents (
  kind text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (kind, name)
);

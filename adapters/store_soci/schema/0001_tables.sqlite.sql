-- The tables of version 1. This file never changes: databases were made with it.

CREATE TABLE ids (one INTEGER PRIMARY KEY CHECK (one = 1), next INTEGER NOT NULL) STRICT;
INSERT INTO ids VALUES (1, 1);

-- Written with every row of the journal, so that a journal whose end was cut off is noticed.
CREATE TABLE chain_head (one INTEGER PRIMARY KEY CHECK (one = 1), position INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
INSERT INTO chain_head VALUES (1, 0, zeroblob(32));

CREATE TABLE deployments (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  deployed_at INTEGER NOT NULL,
  archive BLOB NOT NULL
) STRICT;

CREATE TABLE processes (
  id INTEGER PRIMARY KEY,
  deployment INTEGER NOT NULL,
  key TEXT NOT NULL,
  version INTEGER NOT NULL,
  file TEXT NOT NULL,
  source_hash TEXT NOT NULL
) STRICT;

-- The last version given to a process; outlives the processes, so that no version is given twice.
CREATE TABLE process_versions (key TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE instances (
  id INTEGER PRIMARY KEY,
  process INTEGER NOT NULL,
  status INTEGER NOT NULL,
  business_key TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  last_seq INTEGER NOT NULL,
  fault TEXT NOT NULL
) STRICT;

CREATE TABLE journal (
  position INTEGER PRIMARY KEY,
  instance INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  erased INTEGER NOT NULL,
  events_digest BLOB NOT NULL,
  payload_digest BLOB NOT NULL,
  hash BLOB NOT NULL,
  events BLOB NOT NULL,
  payload BLOB NOT NULL
) STRICT;

CREATE TABLE snapshots (instance INTEGER PRIMARY KEY, seq INTEGER NOT NULL, state BLOB NOT NULL) STRICT;

-- slot: the first 8 bytes of the SHA-256 of process key, partner link, operation and key, so that the index is narrow.
-- opened: the journal position of the turn that opened it.
CREATE TABLE subscriptions (
  instance INTEGER NOT NULL,
  activity INTEGER NOT NULL,
  branch INTEGER NOT NULL,
  opened INTEGER NOT NULL,
  slot INTEGER NOT NULL,
  process_key TEXT NOT NULL,
  partner_link TEXT NOT NULL,
  operation TEXT NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (instance, activity, branch)
) STRICT, WITHOUT ROWID;

CREATE TABLE timers (
  instance INTEGER NOT NULL,
  timer INTEGER NOT NULL,
  due INTEGER NOT NULL,
  PRIMARY KEY (instance, timer)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  instance INTEGER NOT NULL,
  activity INTEGER NOT NULL,
  node INTEGER NOT NULL,
  address TEXT NOT NULL,
  one_way INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  next_attempt INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (instance, activity)
) STRICT, WITHOUT ROWID;

CREATE TABLE incidents (
  id INTEGER PRIMARY KEY,
  instance INTEGER NOT NULL,
  activity INTEGER NOT NULL,
  at INTEGER NOT NULL,
  fault TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;

CREATE TABLE held_messages (
  id INTEGER PRIMARY KEY,
  process_key TEXT NOT NULL,
  partner_link TEXT NOT NULL,
  operation TEXT NOT NULL,
  exchange INTEGER NOT NULL,
  at INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;

CREATE TABLE held_keys (
  message INTEGER NOT NULL,
  number INTEGER NOT NULL,
  slot INTEGER NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (message, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE kept_replies (
  request_key TEXT PRIMARY KEY,
  exchange INTEGER NOT NULL,
  instance INTEGER NOT NULL,
  at INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;

-- The tables of version 1. This file never changes: databases were made with it.

CREATE TABLE ids (one bigint PRIMARY KEY CHECK (one = 1), next bigint NOT NULL);
INSERT INTO ids VALUES (1, 1);

-- Written with every row of the journal, so that a journal whose end was cut off is noticed.
CREATE TABLE chain_head (one bigint PRIMARY KEY CHECK (one = 1), position bigint NOT NULL, hash bytea NOT NULL);
INSERT INTO chain_head VALUES (1, 0, decode(repeat('00', 32), 'hex'));

CREATE TABLE deployments (
  id bigint PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  deployed_at bigint NOT NULL,
  archive bytea NOT NULL
);

CREATE TABLE processes (
  id bigint PRIMARY KEY,
  deployment bigint NOT NULL,
  key text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  file text COLLATE "C" NOT NULL,
  source_hash text COLLATE "C" NOT NULL
);

-- The last version given to a process; outlives the processes, so that no version is given twice.
CREATE TABLE process_versions (key text COLLATE "C" PRIMARY KEY, version bigint NOT NULL);

CREATE TABLE instances (
  id bigint PRIMARY KEY,
  process bigint NOT NULL,
  status bigint NOT NULL,
  business_key text COLLATE "C" NOT NULL,
  started_at bigint NOT NULL,
  ended_at bigint,
  last_seq bigint NOT NULL,
  fault text COLLATE "C" NOT NULL
);

CREATE TABLE journal (
  position bigint PRIMARY KEY,
  instance bigint NOT NULL,
  seq bigint NOT NULL,
  at bigint NOT NULL,
  erased bigint NOT NULL,
  events_digest bytea NOT NULL,
  payload_digest bytea NOT NULL,
  hash bytea NOT NULL,
  events bytea NOT NULL,
  payload bytea NOT NULL
);

CREATE TABLE snapshots (instance bigint PRIMARY KEY, seq bigint NOT NULL, state bytea NOT NULL);

-- Compressing contents would cost more than writing them: they stay as they are, and in the row as long as they fit.
ALTER TABLE journal ALTER COLUMN events SET STORAGE EXTERNAL, ALTER COLUMN payload SET STORAGE EXTERNAL;
ALTER TABLE journal SET (toast_tuple_target = 8160);

-- slot: the first 8 bytes of the SHA-256 of process key, partner link, operation and key, so that the index is narrow.
-- opened: the journal position of the turn that opened it.
CREATE TABLE subscriptions (
  instance bigint NOT NULL,
  activity bigint NOT NULL,
  branch bigint NOT NULL,
  opened bigint NOT NULL,
  slot bigint NOT NULL,
  process_key text COLLATE "C" NOT NULL,
  partner_link text COLLATE "C" NOT NULL,
  operation text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  PRIMARY KEY (instance, activity, branch)
);

CREATE TABLE timers (
  instance bigint NOT NULL,
  timer bigint NOT NULL,
  due bigint NOT NULL,
  PRIMARY KEY (instance, timer)
);

CREATE TABLE outbox (
  instance bigint NOT NULL,
  activity bigint NOT NULL,
  node bigint NOT NULL,
  address text COLLATE "C" NOT NULL,
  one_way bigint NOT NULL,
  attempts bigint NOT NULL,
  next_attempt bigint NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (instance, activity)
);

CREATE TABLE incidents (
  id bigint PRIMARY KEY,
  instance bigint NOT NULL,
  activity bigint NOT NULL,
  at bigint NOT NULL,
  fault text COLLATE "C" NOT NULL,
  detail text COLLATE "C" NOT NULL
);

CREATE TABLE held_messages (
  id bigint PRIMARY KEY,
  process_key text COLLATE "C" NOT NULL,
  partner_link text COLLATE "C" NOT NULL,
  operation text COLLATE "C" NOT NULL,
  exchange bigint NOT NULL,
  at bigint NOT NULL,
  body bytea NOT NULL
);

CREATE TABLE held_keys (
  message bigint NOT NULL,
  number bigint NOT NULL,
  slot bigint NOT NULL,
  key text COLLATE "C" NOT NULL,
  PRIMARY KEY (message, number)
);

CREATE TABLE kept_replies (
  request_key text COLLATE "C" PRIMARY KEY,
  exchange bigint NOT NULL,
  instance bigint NOT NULL,
  at bigint NOT NULL,
  body bytea NOT NULL
);

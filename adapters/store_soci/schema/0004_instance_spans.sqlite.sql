-- When the instances of a block of 4096 ids have started, in whole minutes: written once a minute instead of an index entry
-- with every instance. A span may be wider than what its instances need, never narrower.

CREATE TABLE instance_spans (block INTEGER PRIMARY KEY, earliest INTEGER NOT NULL, latest INTEGER NOT NULL) STRICT;
INSERT INTO instance_spans SELECT id / 4096, min(started_at), max(started_at) FROM instances GROUP BY id / 4096;
DROP INDEX instances_started;

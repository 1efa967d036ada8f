-- What is looked up beside the primary keys.

CREATE UNIQUE INDEX journal_instance ON journal (instance, seq);
CREATE INDEX instances_status ON instances (status, id);
CREATE INDEX instances_process ON instances (process, status, id);
CREATE INDEX instances_business_key ON instances (business_key, id) WHERE business_key <> '';
CREATE INDEX instances_started ON instances (started_at, id);
CREATE INDEX processes_deployment ON processes (deployment);
CREATE INDEX processes_key ON processes (key, version);
CREATE INDEX subscriptions_slot ON subscriptions (slot, opened);
CREATE INDEX timers_due ON timers (due, instance, timer);
CREATE INDEX outbox_due ON outbox (next_attempt, instance, activity);
CREATE INDEX incidents_activity ON incidents (instance, activity);
CREATE INDEX held_keys_slot ON held_keys (slot, message);
CREATE INDEX kept_replies_at ON kept_replies (at);
CREATE INDEX kept_replies_instance ON kept_replies (instance);

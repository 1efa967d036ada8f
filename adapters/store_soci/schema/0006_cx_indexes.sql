-- What the customer-experience records are looked up by.

CREATE UNIQUE INDEX cx_feedback_external ON cx_feedback (channel, external_id);
CREATE INDEX cx_feedback_status ON cx_feedback (status, id);
CREATE INDEX cx_feedback_conversation ON cx_feedback (conversation, id);
CREATE INDEX cx_feedback_customer ON cx_feedback (customer, id);
CREATE UNIQUE INDEX cx_deliveries_key ON cx_deliveries (key);
CREATE INDEX cx_deliveries_feedback ON cx_deliveries (feedback, id) WHERE feedback <> 0;
CREATE INDEX cx_deliveries_due ON cx_deliveries (next_attempt, id) WHERE status IN (2, 3);
CREATE INDEX cx_tasks_order ON cx_tasks (state, priority, created_at, id);
CREATE INDEX cx_tasks_queue ON cx_tasks (queue, state, priority, created_at, id);
CREATE INDEX cx_tasks_owner ON cx_tasks (owner, state, priority, created_at, id) WHERE owner <> '';
CREATE INDEX cx_tasks_activity ON cx_tasks (instance, activity) WHERE instance <> 0;
CREATE INDEX cx_tasks_customer ON cx_tasks (customer, id) WHERE customer <> '';
CREATE INDEX cx_tasks_deadline ON cx_tasks (next_deadline, id) WHERE next_deadline IS NOT NULL;
CREATE INDEX cx_task_owners_order ON cx_task_owners (potential_owner, state, priority, created_at, task);

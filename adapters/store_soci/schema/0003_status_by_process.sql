-- Instances of one status are looked up process by process: one index less is written with every instance.

DROP INDEX instances_status;

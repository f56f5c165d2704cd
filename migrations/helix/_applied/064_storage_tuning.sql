-- Tables that are updated in place leave room on their pages; tables that only grow are vacuumed sooner.

ALTER TABLE instances SET (fillfactor = 80);
ALTER TABLE usage_counters SET (fillfactor = 70);
ALTER TABLE conversations SET (fillfactor = 90);
ALTER TABLE telemetry SET (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE heartbeats SET (autovacuum_vacuum_insert_scale_factor = 0.02);
ALTER TABLE conversation_messages ALTER COLUMN metadata SET STORAGE EXTERNAL;

CREATE STATISTICS telemetry_instance_event (ndistinct, dependencies)
  ON instance_key, event_type FROM telemetry;
CREATE STATISTICS memories_user_layer (ndistinct) ON user_id, layer FROM memories;

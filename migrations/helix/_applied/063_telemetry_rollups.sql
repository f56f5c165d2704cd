-- Events per hour, counted as they arrive: one statement, one update, however many rows it brings.

CREATE TABLE telemetry_rollups (
  hour TIMESTAMPTZ NOT NULL,
  instance_key TEXT NOT NULL REFERENCES instances(instance_key) ON DELETE CASCADE,
  event_type TEXT NOT NULL,
  events BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (hour, instance_key, event_type)
);

CREATE FUNCTION roll_up_telemetry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO telemetry_rollups AS r (hour, instance_key, event_type, events)
  SELECT date_trunc('hour', server_timestamp), instance_key, event_type, count(*)
  FROM new_rows
  GROUP BY 1, 2, 3
  ON CONFLICT (hour, instance_key, event_type) DO UPDATE SET events = r.events + excluded.events;
  RETURN NULL;
END;
$$;
CREATE TRIGGER telemetry_roll_up AFTER INSERT ON telemetry
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION roll_up_telemetry();

INSERT INTO telemetry_rollups (hour, instance_key, event_type, events)
SELECT date_trunc('hour', server_timestamp), instance_key, event_type, count(*)
FROM telemetry
GROUP BY 1, 2, 3
ON CONFLICT DO NOTHING;

ALTER TABLE telemetry_rollups ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Instance owners can view rollups" ON telemetry_rollups
  FOR SELECT USING (
    instance_key IN (SELECT i.instance_key FROM instances i WHERE i.user_id = auth.uid())
  );

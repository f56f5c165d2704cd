-- What instances report: telemetry events, heartbeats, and the transformations that they made.
-- Reports carry the instance key; the owner is found through public.instances.

CREATE TABLE telemetry (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  instance_key TEXT NOT NULL REFERENCES instances(instance_key) ON DELETE CASCADE,
  event_type TEXT NOT NULL,
  event_data JSONB NOT NULL DEFAULT '{}'::jsonb,
  session_id UUID,
  client_timestamp TIMESTAMPTZ,
  server_timestamp TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_telemetry_instance_key ON telemetry(instance_key, server_timestamp DESC);
CREATE INDEX idx_telemetry_event_type ON telemetry(event_type);

CREATE TABLE heartbeats (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  instance_key TEXT NOT NULL REFERENCES instances(instance_key) ON DELETE CASCADE,
  app_version TEXT,
  uptime_seconds BIGINT CHECK (uptime_seconds >= 0),
  memory_mb INTEGER,
  status TEXT NOT NULL DEFAULT 'ok',
  received_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_heartbeats_instance_key ON heartbeats(instance_key, received_at DESC);

CREATE TABLE transformations (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  instance_key TEXT NOT NULL REFERENCES instances(instance_key) ON DELETE CASCADE,
  transformation_type TEXT NOT NULL,
  input_summary TEXT,
  output_summary TEXT,
  before_state JSONB,
  after_state JSONB,
  duration_ms INTEGER CHECK (duration_ms >= 0),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_transformations_instance_key ON transformations(instance_key, created_at DESC);

CREATE FUNCTION record_heartbeat() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE instances SET last_seen_at = NEW.received_at, app_version = COALESCE(NEW.app_version, app_version)
  WHERE instance_key = NEW.instance_key;
  RETURN NULL;
END;
$$;

CREATE TRIGGER heartbeats_update_instance AFTER INSERT ON heartbeats
  FOR EACH ROW EXECUTE FUNCTION record_heartbeat();

-- User = instance: what an instance reports belongs to a person directly, not by way of its instance key.
-- instance_key stays for older clients and may be empty from now on. Safe to run again.

DO $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = 'telemetry' AND column_name = 'user_id'
  ) THEN
    ALTER TABLE telemetry ADD COLUMN user_id UUID REFERENCES auth.users(id);
  END IF;
END $$;

DO $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = 'heartbeats' AND column_name = 'user_id'
  ) THEN
    ALTER TABLE heartbeats ADD COLUMN user_id UUID REFERENCES auth.users(id);
  END IF;
END $$;

DO $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = 'transformations' AND column_name = 'user_id'
  ) THEN
    ALTER TABLE transformations ADD COLUMN user_id UUID REFERENCES auth.users(id);
  END IF;
END $$;

-- Reports that are already there go to the owner of their instance.
UPDATE telemetry t SET user_id = i.user_id
FROM instances i WHERE i.instance_key = t.instance_key AND t.user_id IS NULL;
UPDATE heartbeats h SET user_id = i.user_id
FROM instances i WHERE i.instance_key = h.instance_key AND h.user_id IS NULL;
UPDATE transformations x SET user_id = i.user_id
FROM instances i WHERE i.instance_key = x.instance_key AND x.user_id IS NULL;

CREATE INDEX IF NOT EXISTS idx_telemetry_user_id ON telemetry(user_id, server_timestamp DESC);
CREATE INDEX IF NOT EXISTS idx_heartbeats_user_id ON heartbeats(user_id, received_at DESC);
CREATE INDEX IF NOT EXISTS idx_transformations_user_id ON transformations(user_id, created_at DESC);

ALTER TABLE telemetry ALTER COLUMN instance_key DROP NOT NULL;
ALTER TABLE heartbeats ALTER COLUMN instance_key DROP NOT NULL;
ALTER TABLE transformations ALTER COLUMN instance_key DROP NOT NULL;
COMMENT ON COLUMN telemetry.instance_key IS 'Deprecated: use user_id';
COMMENT ON COLUMN heartbeats.instance_key IS 'Deprecated: use user_id';
COMMENT ON COLUMN transformations.instance_key IS 'Deprecated: use user_id';

-- Clients that still send only a key keep working: the owner of the key's instance is filled in.
CREATE OR REPLACE FUNCTION public.fill_report_user_id() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF NEW.user_id IS NULL THEN
    NEW.user_id := COALESCE(
      (SELECT i.user_id FROM instances i WHERE i.instance_key = NEW.instance_key), auth.uid());
  END IF;
  RETURN NEW;
END;
$$;

DROP TRIGGER IF EXISTS telemetry_fill_user_id ON telemetry;
CREATE TRIGGER telemetry_fill_user_id BEFORE INSERT ON telemetry
  FOR EACH ROW EXECUTE FUNCTION public.fill_report_user_id();
DROP TRIGGER IF EXISTS heartbeats_fill_user_id ON heartbeats;
CREATE TRIGGER heartbeats_fill_user_id BEFORE INSERT ON heartbeats
  FOR EACH ROW EXECUTE FUNCTION public.fill_report_user_id();
DROP TRIGGER IF EXISTS transformations_fill_user_id ON transformations;
CREATE TRIGGER transformations_fill_user_id BEFORE INSERT ON transformations
  FOR EACH ROW EXECUTE FUNCTION public.fill_report_user_id();

-- The rollups of 063 are per instance: a report without a key has no place in them.
CREATE OR REPLACE FUNCTION public.roll_up_telemetry() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO telemetry_rollups AS r (hour, instance_key, event_type, events)
  SELECT date_trunc('hour', server_timestamp), instance_key, event_type, count(*)
  FROM new_rows
  WHERE instance_key IS NOT NULL
  GROUP BY 1, 2, 3
  ON CONFLICT (hour, instance_key, event_type) DO UPDATE SET events = r.events + excluded.events;
  RETURN NULL;
END;
$$;

-- Policies ask for user_id directly in place of the look-ups by instance_key (004).
DROP POLICY IF EXISTS "Instance owners can view telemetry" ON telemetry;
DROP POLICY IF EXISTS "Instance owners can report telemetry" ON telemetry;
DROP POLICY IF EXISTS "Users can select own telemetry" ON telemetry;
CREATE POLICY "Users can select own telemetry" ON telemetry
  FOR SELECT USING (auth.uid() = user_id);
DROP POLICY IF EXISTS "Users can insert own telemetry" ON telemetry;
CREATE POLICY "Users can insert own telemetry" ON telemetry
  FOR INSERT WITH CHECK (auth.uid() = user_id);

DROP POLICY IF EXISTS "Instance owners can view heartbeats" ON heartbeats;
DROP POLICY IF EXISTS "Instance owners can report heartbeats" ON heartbeats;
DROP POLICY IF EXISTS "Users can select own heartbeats" ON heartbeats;
CREATE POLICY "Users can select own heartbeats" ON heartbeats
  FOR SELECT USING (auth.uid() = user_id);
DROP POLICY IF EXISTS "Users can insert own heartbeats" ON heartbeats;
CREATE POLICY "Users can insert own heartbeats" ON heartbeats
  FOR INSERT WITH CHECK (auth.uid() = user_id);

DROP POLICY IF EXISTS "Instance owners can view transformations" ON transformations;
DROP POLICY IF EXISTS "Instance owners can report transformations" ON transformations;
DROP POLICY IF EXISTS "Users can select own transformations" ON transformations;
CREATE POLICY "Users can select own transformations" ON transformations
  FOR SELECT USING (auth.uid() = user_id);
DROP POLICY IF EXISTS "Users can insert own transformations" ON transformations;
CREATE POLICY "Users can insert own transformations" ON transformations
  FOR INSERT WITH CHECK (auth.uid() = user_id);

-- Row-level security for reports, profiles and API keys.
-- A report belongs to whoever owns the instance whose key it carries.

ALTER TABLE telemetry ENABLE ROW LEVEL SECURITY;
ALTER TABLE heartbeats ENABLE ROW LEVEL SECURITY;
ALTER TABLE transformations ENABLE ROW LEVEL SECURITY;
ALTER TABLE user_profiles ENABLE ROW LEVEL SECURITY;
ALTER TABLE user_api_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE subscription_tiers ENABLE ROW LEVEL SECURITY;

CREATE POLICY "Everyone can view tiers" ON subscription_tiers FOR SELECT USING (true);

CREATE POLICY "Instance owners can view telemetry" ON telemetry
  FOR SELECT USING (
    EXISTS (
      SELECT 1 FROM instances
      WHERE instances.instance_key = telemetry.instance_key AND instances.user_id = auth.uid()
    )
  );
CREATE POLICY "Instance owners can report telemetry" ON telemetry
  FOR INSERT WITH CHECK (
    EXISTS (
      SELECT 1 FROM instances
      WHERE instances.instance_key = telemetry.instance_key AND instances.user_id = auth.uid()
    )
  );

CREATE POLICY "Instance owners can view heartbeats" ON heartbeats
  FOR SELECT USING (
    EXISTS (
      SELECT 1 FROM instances
      WHERE instances.instance_key = heartbeats.instance_key AND instances.user_id = auth.uid()
    )
  );
CREATE POLICY "Instance owners can report heartbeats" ON heartbeats
  FOR INSERT WITH CHECK (
    EXISTS (
      SELECT 1 FROM instances
      WHERE instances.instance_key = heartbeats.instance_key AND instances.user_id = auth.uid()
    )
  );

CREATE POLICY "Instance owners can view transformations" ON transformations
  FOR SELECT USING (
    instance_key IN (SELECT i.instance_key FROM instances i WHERE i.user_id = auth.uid())
  );
CREATE POLICY "Instance owners can report transformations" ON transformations
  FOR INSERT WITH CHECK (
    instance_key IN (SELECT i.instance_key FROM instances i WHERE i.user_id = auth.uid())
  );

CREATE POLICY "Users can view own profile" ON user_profiles
  FOR SELECT USING (auth.uid() = user_id);
CREATE POLICY "Users can edit own profile" ON user_profiles
  FOR UPDATE USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);

CREATE POLICY "Users can view own API keys" ON user_api_keys
  FOR SELECT USING (auth.uid() = user_id);
CREATE POLICY "Users can revoke own API keys" ON user_api_keys
  FOR UPDATE USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);

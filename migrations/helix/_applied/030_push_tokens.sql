-- A device can hold several push tokens; the single column of 029 moves into its own table.

CREATE TABLE push_tokens (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  device_id UUID NOT NULL REFERENCES devices(id) ON DELETE CASCADE,
  service TEXT NOT NULL CHECK (service IN ('apns', 'fcm', 'web')),
  token TEXT NOT NULL UNIQUE,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

INSERT INTO push_tokens (device_id, service, token)
SELECT id, CASE os WHEN 'ios' THEN 'apns' WHEN 'macos' THEN 'apns' ELSE 'fcm' END, push_token
FROM devices
WHERE push_token IS NOT NULL
ON CONFLICT (token) DO NOTHING;

ALTER TABLE devices DROP COLUMN push_token;

ALTER TABLE push_tokens ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users manage tokens of own devices" ON push_tokens
  FOR ALL USING (device_id IN (SELECT d.id FROM devices d WHERE d.user_id = auth.uid()));

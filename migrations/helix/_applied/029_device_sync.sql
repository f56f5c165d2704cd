-- Desktop and mobile: which devices a person has, and how far each has synchronised.

CREATE TABLE public.devices (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  instance_id UUID REFERENCES public.instances(id) ON DELETE SET NULL,
  device_name TEXT NOT NULL,
  os TEXT NOT NULL CHECK (os IN ('macos', 'windows', 'linux', 'ios', 'android')),
  push_token TEXT,
  last_seen_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_devices_user_id ON public.devices(user_id);

CREATE TABLE public.sync_cursors (
  device_id UUID NOT NULL REFERENCES public.devices(id) ON DELETE CASCADE,
  entity TEXT NOT NULL,
  cursor_value TEXT NOT NULL,
  synced_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (device_id, entity)
);

ALTER TABLE public.devices ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.sync_cursors ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users manage own devices" ON public.devices
  FOR ALL USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);
CREATE POLICY "Users manage cursors of own devices" ON public.sync_cursors
  FOR ALL USING (EXISTS (SELECT 1 FROM public.devices d WHERE d.id = device_id AND d.user_id = auth.uid()));

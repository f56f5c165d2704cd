-- Calendars of other providers and their events.

CREATE TABLE public.calendar_accounts (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  provider TEXT NOT NULL CHECK (provider IN ('google', 'outlook', 'caldav')),
  account_email TEXT NOT NULL,
  access_token TEXT,
  refresh_token TEXT,
  sync_token TEXT,
  last_synced_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (user_id, provider, account_email)
);

CREATE TABLE public.calendar_events (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  account_id UUID NOT NULL REFERENCES public.calendar_accounts(id) ON DELETE CASCADE,
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  provider_event_id TEXT NOT NULL,
  title TEXT NOT NULL,
  location TEXT,
  starts_at TIMESTAMPTZ NOT NULL,
  ends_at TIMESTAMPTZ NOT NULL,
  is_all_day BOOLEAN NOT NULL DEFAULT false,
  attendees JSONB NOT NULL DEFAULT '[]'::jsonb,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT calendar_events_provider_key UNIQUE (account_id, provider_event_id),
  CONSTRAINT calendar_events_period_check CHECK (ends_at >= starts_at)
);
CREATE INDEX idx_calendar_events_period ON public.calendar_events USING gist (tstzrange(starts_at, ends_at));
CREATE INDEX idx_calendar_events_user_starts ON public.calendar_events(user_id, starts_at);

CREATE TRIGGER calendar_events_set_updated_at BEFORE UPDATE ON public.calendar_events
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();

CREATE FUNCTION public.find_calendar_conflicts(p_from TIMESTAMPTZ, p_to TIMESTAMPTZ)
RETURNS SETOF public.calendar_events
LANGUAGE sql STABLE AS $$
  SELECT * FROM public.calendar_events
  WHERE user_id = auth.uid() AND tstzrange(starts_at, ends_at) && tstzrange(p_from, p_to)
  ORDER BY starts_at;
$$;

ALTER TABLE public.calendar_accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.calendar_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users manage own calendars" ON public.calendar_accounts
  FOR ALL USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);
CREATE POLICY "Users manage own events" ON public.calendar_events
  FOR ALL USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);

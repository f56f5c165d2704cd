-- Privacy-first telemetry.

CREATE TABLE public.telemetry_events (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  "appId" TEXT NOT NULL,
  "eventType" TEXT NOT NULL,
  "durationMs" INTEGER,
  metadata JSONB NOT NULL DEFAULT '{}',
  "timestamp" TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX "telemetry_events_userId_timestamp_idx" ON public.telemetry_events("userId", "timestamp");
CREATE INDEX "telemetry_events_appId_idx" ON public.telemetry_events("appId");
CREATE INDEX telemetry_events_timestamp_idx ON public.telemetry_events("timestamp");
COMMENT ON TABLE public.telemetry_events
  IS 'Privacy-first telemetry: written only by record_telemetry, which asks the preferences first';
COMMENT ON COLUMN public.telemetry_events."appId" IS 'An application that the user allows';
COMMENT ON COLUMN public.telemetry_events.metadata IS 'Never contents, never paths';

ALTER TABLE public.telemetry_events ENABLE ROW LEVEL SECURITY;

CREATE POLICY "Users can view own telemetry" ON public.telemetry_events
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can delete own telemetry" ON public.telemetry_events
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "userId");

-- Records an event if its user permits telemetry and the application, and tells whether it did.
CREATE OR REPLACE FUNCTION public.record_telemetry(
  app_id TEXT, event_type TEXT, duration_ms INTEGER DEFAULT NULL, metadata JSONB DEFAULT '{}'
) RETURNS BOOLEAN
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  caller UUID := auth.uid();
BEGIN
  IF NOT EXISTS (SELECT 1 FROM public.privacy_prefs WHERE "userId" = caller AND "telemetryEnabled")
    OR NOT EXISTS (
      SELECT 1 FROM public.app_allowlist
      WHERE "userId" = caller AND "appId" = record_telemetry.app_id AND "isAllowed")
  THEN
    RETURN false;
  END IF;
  INSERT INTO public.telemetry_events ("userId", "appId", "eventType", "durationMs", metadata)
  VALUES (caller, record_telemetry.app_id, record_telemetry.event_type, record_telemetry.duration_ms,
    record_telemetry.metadata);
  RETURN true;
END;
$$;
REVOKE EXECUTE ON FUNCTION public.record_telemetry(TEXT, TEXT, INTEGER, JSONB) FROM PUBLIC, anon;

-- What was recorded of the caller, by application and kind of event.
CREATE OR REPLACE FUNCTION public.telemetry_summary(days INTEGER DEFAULT 30)
RETURNS TABLE (app_id TEXT, event_type TEXT, events BIGINT, total_duration_ms BIGINT, last_seen TIMESTAMPTZ)
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT t."appId", t."eventType", count(*), sum(t."durationMs"), max(t."timestamp")
  FROM public.telemetry_events t
  WHERE t."userId" = auth.uid() AND t."timestamp" >= now() - make_interval(days => telemetry_summary.days)
  GROUP BY t."appId", t."eventType"
  ORDER BY count(*) DESC
$$;

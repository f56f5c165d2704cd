-- Figures for the operations dashboard, refreshed by a scheduled job.

CREATE MATERIALIZED VIEW public.daily_telemetry_summary AS
SELECT
  date_trunc('day', t.server_timestamp) AS day,
  i.platform,
  t.event_type,
  count(*) AS events,
  count(DISTINCT t.instance_key) AS instances
FROM public.telemetry t
JOIN public.instances i USING (instance_key)
GROUP BY 1, 2, 3
WITH NO DATA;
CREATE UNIQUE INDEX idx_daily_telemetry_summary_key
  ON public.daily_telemetry_summary(day, platform, event_type);

CREATE PROCEDURE public.refresh_operations_dashboard()
LANGUAGE plpgsql AS $$
BEGIN
  REFRESH MATERIALIZED VIEW public.daily_telemetry_summary;
  UPDATE public.scheduled_jobs SET last_run_at = now() WHERE name = 'refresh-dashboard';
END;
$$;

INSERT INTO public.scheduled_jobs (name, schedule, command)
VALUES ('refresh-dashboard', '5 * * * *', 'operations.refresh')
ON CONFLICT (name) DO NOTHING;

REVOKE ALL ON public.daily_telemetry_summary FROM anon, authenticated;
REVOKE ALL ON PROCEDURE public.refresh_operations_dashboard() FROM PUBLIC, anon, authenticated;

-- System metrics.

CREATE TABLE public.metrics_log (
  id BIGSERIAL PRIMARY KEY,
  metric TEXT NOT NULL,
  value DOUBLE PRECISION NOT NULL,
  tags JSONB NOT NULL DEFAULT '{}',
  "recordedAt" TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX "metrics_log_metric_recordedAt_idx" ON public.metrics_log(metric, "recordedAt");
COMMENT ON TABLE public.metrics_log IS 'System metrics';
COMMENT ON COLUMN public.metrics_log.metric IS 'Such as api.latency or queue.depth';
COMMENT ON COLUMN public.metrics_log.tags IS 'What the value was measured of';

ALTER TABLE public.metrics_log ENABLE ROW LEVEL SECURITY;

CREATE OR REPLACE FUNCTION public.log_metric(
  metric TEXT, value DOUBLE PRECISION, tags JSONB DEFAULT '{}'
) RETURNS BIGINT
LANGUAGE sql SET search_path = '' AS $$
  INSERT INTO public.metrics_log (metric, value, tags) VALUES ($1, $2, $3) RETURNING id
$$;
REVOKE EXECUTE ON FUNCTION public.log_metric(TEXT, DOUBLE PRECISION, JSONB) FROM PUBLIC, anon, authenticated;

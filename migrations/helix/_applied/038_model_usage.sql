-- Tokens spent, by month: one partition each, made ahead of time.

CREATE TABLE model_usage (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  model_id TEXT NOT NULL REFERENCES ai_models(id),
  conversation_id UUID REFERENCES conversations(id) ON DELETE SET NULL,
  input_tokens INTEGER NOT NULL DEFAULT 0,
  output_tokens INTEGER NOT NULL DEFAULT 0,
  used_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (id, used_at)
) PARTITION BY RANGE (used_at);

CREATE TABLE model_usage_2025_12 PARTITION OF model_usage
  FOR VALUES FROM ('2025-12-01 00:00:00+00') TO ('2026-01-01 00:00:00+00');
CREATE TABLE model_usage_2026_01 PARTITION OF model_usage
  FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2026-02-01 00:00:00+00');
CREATE TABLE model_usage_2026_02 PARTITION OF model_usage
  FOR VALUES FROM ('2026-02-01 00:00:00+00') TO ('2026-03-01 00:00:00+00');
CREATE TABLE model_usage_default PARTITION OF model_usage DEFAULT;

CREATE INDEX idx_model_usage_user ON model_usage(user_id, used_at DESC);

CREATE FUNCTION create_model_usage_partition(p_month DATE) RETURNS TEXT
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_from TIMESTAMPTZ := date_trunc('month', p_month::timestamp) AT TIME ZONE 'UTC';
  v_to TIMESTAMPTZ := (date_trunc('month', p_month::timestamp) + interval '1 month') AT TIME ZONE 'UTC';
  v_name TEXT := 'model_usage_' || to_char(p_month, 'YYYY_MM');
BEGIN
  EXECUTE format(
    'CREATE TABLE IF NOT EXISTS %I PARTITION OF model_usage FOR VALUES FROM (%L) TO (%L)', v_name, v_from, v_to);
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', v_name);
  RETURN v_name;
END;
$$;

ALTER TABLE model_usage ENABLE ROW LEVEL SECURITY;
ALTER TABLE model_usage_2025_12 ENABLE ROW LEVEL SECURITY;
ALTER TABLE model_usage_2026_01 ENABLE ROW LEVEL SECURITY;
ALTER TABLE model_usage_2026_02 ENABLE ROW LEVEL SECURITY;
ALTER TABLE model_usage_default ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users can view own model usage" ON model_usage FOR SELECT USING (auth.uid() = user_id);

-- Token buckets. Unlogged: after a crash everyone starts with a full bucket.

CREATE UNLOGGED TABLE rate_limit_buckets (
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  action TEXT NOT NULL,
  tokens DOUBLE PRECISION NOT NULL,
  refilled_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (user_id, action)
);

CREATE FUNCTION take_rate_limit_token(
  p_user_id UUID, p_action TEXT, p_capacity DOUBLE PRECISION DEFAULT 60, p_per_second DOUBLE PRECISION DEFAULT 1
) RETURNS BOOLEAN
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_tokens DOUBLE PRECISION;
BEGIN
  INSERT INTO rate_limit_buckets AS b (user_id, action, tokens)
  VALUES (p_user_id, p_action, p_capacity - 1)
  ON CONFLICT (user_id, action) DO UPDATE SET
    tokens = least(
      p_capacity, b.tokens + extract(epoch FROM clock_timestamp() - b.refilled_at) * p_per_second) - 1,
    refilled_at = clock_timestamp()
  RETURNING tokens INTO v_tokens;
  RETURN v_tokens >= 0;
END;
$$;
REVOKE EXECUTE ON FUNCTION take_rate_limit_token(UUID, TEXT, DOUBLE PRECISION, DOUBLE PRECISION)
  FROM PUBLIC, anon, authenticated;

ALTER TABLE rate_limit_buckets ENABLE ROW LEVEL SECURITY;

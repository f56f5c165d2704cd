-- What a tier allows per month, and how much of it was used.

ALTER TABLE subscription_tiers
  ADD COLUMN monthly_messages INTEGER NOT NULL DEFAULT 200,
  ADD COLUMN monthly_synthesis_runs INTEGER NOT NULL DEFAULT 0;

UPDATE subscription_tiers SET monthly_messages = 5000, monthly_synthesis_runs = 60 WHERE tier = 'personal';
UPDATE subscription_tiers SET monthly_messages = 50000, monthly_synthesis_runs = 600 WHERE tier = 'team';
UPDATE subscription_tiers SET monthly_messages = 1000000, monthly_synthesis_runs = 10000 WHERE tier = 'enterprise';

CREATE TABLE usage_counters (
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  period DATE NOT NULL DEFAULT date_trunc('month', now())::date,
  metric TEXT NOT NULL,
  used BIGINT NOT NULL DEFAULT 0 CHECK (used >= 0),
  PRIMARY KEY (user_id, period, metric)
);
ALTER TABLE usage_counters ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users can view own usage" ON usage_counters FOR SELECT USING (auth.uid() = user_id);

CREATE FUNCTION increment_usage(p_user_id UUID, p_metric TEXT, p_amount BIGINT DEFAULT 1) RETURNS BIGINT
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  INSERT INTO usage_counters (user_id, metric, used) VALUES (p_user_id, p_metric, p_amount)
  ON CONFLICT (user_id, period, metric) DO UPDATE SET used = usage_counters.used + excluded.used
  RETURNING used;
$$;

CREATE FUNCTION is_within_limit(p_user_id UUID, p_metric TEXT) RETURNS BOOLEAN
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT COALESCE(
    (SELECT u.used FROM usage_counters u
     WHERE u.user_id = p_user_id AND u.metric = p_metric AND u.period = date_trunc('month', now())::date), 0)
    < CASE p_metric WHEN 'messages' THEN t.monthly_messages ELSE t.monthly_synthesis_runs END
  FROM subscriptions s JOIN subscription_tiers t ON t.tier = s.tier
  WHERE s.user_id = p_user_id;
$$;

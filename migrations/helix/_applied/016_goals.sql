-- Goals and the progress towards them.

CREATE TABLE goals (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  category TEXT,
  target_date DATE,
  progress NUMERIC(5,2) NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
  achieved_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_goals_user_id ON goals(user_id);

CREATE TABLE goal_progress (
  id BIGSERIAL PRIMARY KEY,
  goal_id UUID NOT NULL REFERENCES goals(id) ON DELETE CASCADE,
  progress NUMERIC(5,2) NOT NULL,
  note TEXT,
  recorded_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE FUNCTION apply_goal_progress() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE goals
  SET progress = NEW.progress, achieved_at = CASE WHEN NEW.progress >= 100 THEN NEW.recorded_at END
  WHERE id = NEW.goal_id;
  RETURN NULL;
END;
$$;

CREATE TRIGGER goal_progress_apply AFTER INSERT ON goal_progress
  FOR EACH ROW EXECUTE FUNCTION apply_goal_progress();
CREATE TRIGGER goals_set_updated_at BEFORE UPDATE ON goals
  FOR EACH ROW EXECUTE FUNCTION set_updated_at();

ALTER TABLE goals ENABLE ROW LEVEL SECURITY;
ALTER TABLE goal_progress ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users manage own goals" ON goals
  FOR ALL USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);
CREATE POLICY "Users manage progress of own goals" ON goal_progress
  FOR ALL USING (goal_id IN (SELECT g.id FROM goals g WHERE g.user_id = auth.uid()));

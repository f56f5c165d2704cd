-- Composite skills: tools called one after the other, and each run of such a chain.

CREATE TABLE composite_skills (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  description TEXT,
  steps_json JSONB NOT NULL DEFAULT '[]'::jsonb,
  version INTEGER NOT NULL DEFAULT 1,
  is_enabled BOOLEAN NOT NULL DEFAULT true,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (user_id, name)
);

CREATE TABLE composite_skill_runs (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  skill_id UUID NOT NULL REFERENCES composite_skills(id) ON DELETE CASCADE,
  status TEXT NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'succeeded', 'failed')),
  input JSONB,
  output JSONB,
  failed_step INTEGER,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  finished_at TIMESTAMPTZ
);
CREATE INDEX idx_composite_skill_runs_skill ON composite_skill_runs(skill_id, started_at DESC);

CREATE TRIGGER composite_skills_set_updated_at BEFORE UPDATE ON composite_skills
  FOR EACH ROW EXECUTE FUNCTION set_updated_at();

ALTER TABLE composite_skills ENABLE ROW LEVEL SECURITY;
ALTER TABLE composite_skill_runs ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users manage own skills" ON composite_skills
  FOR ALL USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);
CREATE POLICY "Users can view runs of own skills" ON composite_skill_runs
  FOR SELECT USING (skill_id IN (SELECT s.id FROM composite_skills s WHERE s.user_id = auth.uid()));

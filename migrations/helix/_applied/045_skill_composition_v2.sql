-- Steps of a composite skill become rows that refer to tools and agents; the JSON of 022 is taken over.

CREATE TABLE composite_skill_steps (
  skill_id UUID NOT NULL REFERENCES composite_skills(id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position > 0),
  tool_id UUID REFERENCES custom_tools(id) ON DELETE RESTRICT,
  agent_id UUID REFERENCES agents(id) ON DELETE RESTRICT,
  arguments JSONB NOT NULL DEFAULT '{}'::jsonb,
  on_failure TEXT NOT NULL DEFAULT 'stop' CHECK (on_failure IN ('stop', 'continue', 'retry')),
  PRIMARY KEY (skill_id, position)
);

INSERT INTO composite_skill_steps (skill_id, position, tool_id, arguments)
SELECT s.id, step.position, t.id, COALESCE(step.value -> 'arguments', '{}'::jsonb)
FROM composite_skills s
CROSS JOIN LATERAL jsonb_array_elements(s.steps_json) WITH ORDINALITY AS step(value, position)
LEFT JOIN custom_tools t ON t.user_id = s.user_id AND t.name = step.value ->> 'tool';

ALTER TABLE composite_skills DROP COLUMN steps_json;

ALTER TABLE composite_skill_runs DROP CONSTRAINT composite_skill_runs_status_check;
ALTER TABLE composite_skill_runs ADD CONSTRAINT composite_skill_runs_status_check
  CHECK (status IN ('running', 'waiting', 'succeeded', 'failed', 'canceled'));
ALTER TABLE composite_skill_runs ADD COLUMN agent_run_id UUID REFERENCES agent_runs(id) ON DELETE SET NULL;

ALTER TABLE composite_skill_steps ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users manage steps of own skills" ON composite_skill_steps
  FOR ALL USING (EXISTS (SELECT 1 FROM composite_skills s WHERE s.id = skill_id AND s.user_id = auth.uid()));

-- Spoken shortcuts: a phrase that starts a tool or a skill.

CREATE TABLE voice_commands (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  phrase TEXT NOT NULL,
  tool_id UUID REFERENCES custom_tools(id) ON DELETE CASCADE,
  skill_id UUID REFERENCES composite_skills(id) ON DELETE CASCADE,
  times_used INTEGER NOT NULL DEFAULT 0,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT voice_commands_one_target CHECK (num_nonnulls(tool_id, skill_id) = 1)
);
CREATE UNIQUE INDEX idx_voice_commands_phrase ON voice_commands(user_id, lower(phrase));

ALTER TABLE voice_commands ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users manage own voice commands" ON voice_commands
  FOR ALL USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);

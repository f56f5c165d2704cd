-- What the assistant proposes on its own.

CREATE TABLE suggestions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  memory_id UUID REFERENCES memories(id) ON DELETE SET NULL,
  goal_id UUID REFERENCES goals(id) ON DELETE CASCADE,
  body TEXT NOT NULL,
  score REAL NOT NULL DEFAULT 0.5,
  state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'shown', 'accepted', 'dismissed')),
  expires_at TIMESTAMPTZ NOT NULL DEFAULT now() + interval '7 days',
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_suggestions_open ON suggestions(user_id, score DESC) WHERE state IN ('new', 'shown');

ALTER TABLE suggestions ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users can view own suggestions" ON suggestions FOR SELECT USING (auth.uid() = user_id);
CREATE POLICY "Users can answer own suggestions" ON suggestions
  FOR UPDATE USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);

INSERT INTO scheduled_jobs (name, schedule, command)
VALUES ('propose-suggestions', '0 7 * * *', 'suggestions.propose')
ON CONFLICT (name) DO NOTHING;

-- Thumbs up or down on an answer.

CREATE TABLE message_feedback (
  message_id UUID NOT NULL REFERENCES conversation_messages(id) ON DELETE CASCADE,
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  rating SMALLINT NOT NULL CHECK (rating IN (-1, 1)),
  comment TEXT,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (message_id, user_id)
);
ALTER TABLE message_feedback ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users manage own feedback" ON message_feedback
  FOR ALL USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);

CREATE VIEW model_satisfaction WITH (security_invoker = true) AS
SELECT c.model_id, count(*) AS ratings, avg((f.rating > 0)::int) AS share_positive
FROM message_feedback f
JOIN conversation_messages m ON m.id = f.message_id
JOIN conversations c ON c.id = m.conversation_id
GROUP BY c.model_id;
REVOKE ALL ON model_satisfaction FROM anon, authenticated;

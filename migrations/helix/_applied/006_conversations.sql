-- Conversations with the assistant and their messages.

CREATE TABLE conversations (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  instance_id UUID REFERENCES instances(id) ON DELETE SET NULL,
  title TEXT,
  channel TEXT NOT NULL DEFAULT 'web' CHECK (channel IN ('web', 'desktop', 'mobile', 'voice', 'email')),
  message_count INTEGER NOT NULL DEFAULT 0,
  is_archived BOOLEAN NOT NULL DEFAULT false,
  last_message_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_conversations_user_recent ON conversations(user_id, last_message_at DESC NULLS LAST);

CREATE TABLE conversation_messages (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  conversation_id UUID NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('user', 'assistant', 'system', 'tool')),
  content TEXT NOT NULL,
  token_count INTEGER,
  metadata JSONB NOT NULL DEFAULT '{}'::jsonb,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_conversation_messages_conversation ON conversation_messages(conversation_id, created_at);

CREATE FUNCTION count_conversation_message() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE conversations
  SET message_count = message_count + 1, last_message_at = NEW.created_at
  WHERE id = NEW.conversation_id;
  RETURN NULL;
END;
$$;

CREATE TRIGGER conversation_messages_count AFTER INSERT ON conversation_messages
  FOR EACH ROW EXECUTE FUNCTION count_conversation_message();
CREATE TRIGGER conversations_set_updated_at BEFORE UPDATE ON conversations
  FOR EACH ROW EXECUTE FUNCTION set_updated_at();

ALTER TABLE conversations ENABLE ROW LEVEL SECURITY;
ALTER TABLE conversation_messages ENABLE ROW LEVEL SECURITY;

CREATE POLICY "Users manage own conversations" ON conversations
  FOR ALL USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);
CREATE POLICY "Users manage messages of own conversations" ON conversation_messages
  FOR ALL USING (
    conversation_id IN (SELECT c.id FROM conversations c WHERE c.user_id = auth.uid())
  ) WITH CHECK (
    conversation_id IN (SELECT c.id FROM conversations c WHERE c.user_id = auth.uid())
  );

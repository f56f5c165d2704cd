-- What an agent remembers between its runs.

CREATE TABLE agent_memories (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  agent_id UUID NOT NULL REFERENCES agents(id) ON DELETE CASCADE,
  memory_id UUID REFERENCES memories(id) ON DELETE SET NULL,
  key TEXT NOT NULL,
  value JSONB NOT NULL,
  expires_at TIMESTAMPTZ,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  UNIQUE (agent_id, key)
);

CREATE TRIGGER agent_memories_set_updated_at BEFORE UPDATE ON agent_memories
  FOR EACH ROW EXECUTE FUNCTION set_updated_at();

ALTER TABLE agent_memories ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users manage memories of own agents" ON agent_memories
  FOR ALL USING (EXISTS (SELECT 1 FROM agents a WHERE a.id = agent_id AND a.user_id = auth.uid()));

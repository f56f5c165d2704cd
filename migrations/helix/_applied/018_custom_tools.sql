-- Tools that a person adds to the assistant, and each call of them.

CREATE TABLE custom_tools (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  name TEXT NOT NULL CHECK (name ~ '^[a-z][a-z0-9_]{0,62}$'),
  description TEXT NOT NULL,
  parameters JSONB NOT NULL DEFAULT '{"type": "object", "properties": {}}'::jsonb,
  implementation TEXT NOT NULL,
  is_enabled BOOLEAN NOT NULL DEFAULT true,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT custom_tools_user_name_key UNIQUE (user_id, name),
  CONSTRAINT custom_tools_parameters_check CHECK (jsonb_typeof(parameters) = 'object')
);

CREATE TABLE custom_tool_executions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  tool_id UUID NOT NULL REFERENCES custom_tools(id) ON DELETE CASCADE,
  conversation_id UUID REFERENCES conversations(id) ON DELETE SET NULL,
  arguments JSONB NOT NULL DEFAULT '{}'::jsonb,
  result JSONB,
  error TEXT,
  duration_ms INTEGER,
  executed_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_custom_tool_executions_tool ON custom_tool_executions(tool_id, executed_at DESC);

CREATE TRIGGER custom_tools_set_updated_at BEFORE UPDATE ON custom_tools
  FOR EACH ROW EXECUTE FUNCTION set_updated_at();

ALTER TABLE custom_tools ENABLE ROW LEVEL SECURITY;
ALTER TABLE custom_tool_executions ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users manage own tools" ON custom_tools
  FOR ALL USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);
CREATE POLICY "Users can view executions of own tools" ON custom_tool_executions
  FOR SELECT USING (tool_id IN (SELECT t.id FROM custom_tools t WHERE t.user_id = auth.uid()));

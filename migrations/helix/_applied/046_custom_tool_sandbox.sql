-- What the code of a custom tool may reach, and a call's use of it.

ALTER TABLE custom_tools
  ADD COLUMN timeout_seconds INTEGER NOT NULL DEFAULT 30,
  ADD COLUMN allowed_hosts TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN implementation_md5 TEXT GENERATED ALWAYS AS (md5(implementation)) STORED;
ALTER TABLE custom_tools
  ADD CONSTRAINT custom_tools_timeout_check CHECK (timeout_seconds BETWEEN 1 AND 300);

ALTER TABLE custom_tool_executions
  ADD COLUMN agent_run_id UUID REFERENCES agent_runs(id) ON DELETE SET NULL,
  ADD COLUMN memory_peak_mb INTEGER,
  ADD COLUMN hosts_contacted TEXT[] NOT NULL DEFAULT '{}';
CREATE INDEX idx_custom_tool_executions_run ON custom_tool_executions(agent_run_id);

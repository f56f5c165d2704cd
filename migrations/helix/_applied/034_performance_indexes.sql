-- Indexes for the slowest queries of the dashboard.

CREATE INDEX IF NOT EXISTS idx_telemetry_server_timestamp ON telemetry USING brin (server_timestamp);
CREATE INDEX IF NOT EXISTS idx_telemetry_event_data ON telemetry USING gin (event_data jsonb_path_ops);
CREATE INDEX IF NOT EXISTS idx_conversations_title_search
  ON conversations USING gin (to_tsvector('simple', coalesce(title, '')));
CREATE INDEX IF NOT EXISTS idx_conversation_messages_role
  ON conversation_messages(conversation_id, role) INCLUDE (token_count);
CREATE INDEX IF NOT EXISTS idx_memories_conversation_id ON memories(conversation_id);
CREATE INDEX IF NOT EXISTS idx_tasks_workspace_id ON tasks(workspace_id) WHERE workspace_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS idx_email_messages_unread ON email_messages(account_id) WHERE NOT is_read;
CREATE INDEX IF NOT EXISTS idx_goals_open ON goals(user_id, target_date) WHERE achieved_at IS NULL;
DROP INDEX IF EXISTS idx_goals_user_id;

-- Rows without times cannot be synchronised: fill the gaps and close them.

UPDATE devices SET last_seen_at = created_at WHERE last_seen_at IS NULL;
ALTER TABLE devices ALTER COLUMN last_seen_at SET DEFAULT now(), ALTER COLUMN last_seen_at SET NOT NULL;

UPDATE email_threads SET last_message_at = now() WHERE last_message_at IS NULL;
ALTER TABLE email_threads ALTER COLUMN last_message_at SET DEFAULT now();
ALTER TABLE email_threads ALTER COLUMN last_message_at SET NOT NULL;

ALTER TABLE goal_progress ALTER COLUMN note SET DEFAULT '';
ALTER TABLE workspace_members RENAME COLUMN joined_at TO created_at;
ALTER TABLE custom_tool_executions RENAME COLUMN executed_at TO created_at;

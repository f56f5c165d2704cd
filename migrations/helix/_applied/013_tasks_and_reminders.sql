-- Tasks, and reminders of them.

CREATE TYPE task_status AS ENUM ('open', 'in_progress', 'done');

CREATE TABLE tasks (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  workspace_id UUID REFERENCES workspaces(id) ON DELETE SET NULL,
  parent_task_id UUID REFERENCES tasks(id) ON DELETE CASCADE,
  source_message_id UUID REFERENCES conversation_messages(id) ON DELETE SET NULL,
  title TEXT NOT NULL,
  details TEXT,
  status task_status NOT NULL DEFAULT 'open',
  priority SMALLINT NOT NULL DEFAULT 3 CHECK (priority BETWEEN 1 AND 5),
  due_at TIMESTAMPTZ,
  completed_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_tasks_user_due ON tasks(user_id, due_at) WHERE status <> 'done';

CREATE TABLE reminders (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  task_id UUID NOT NULL REFERENCES tasks(id) ON DELETE CASCADE,
  remind_at TIMESTAMPTZ NOT NULL,
  sent_at TIMESTAMPTZ
);
CREATE INDEX idx_reminders_task_id ON reminders(task_id);
CREATE INDEX idx_reminders_pending ON reminders(remind_at) WHERE sent_at IS NULL;

CREATE FUNCTION stamp_task_completion() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'done' AND OLD.status <> 'done' THEN
    NEW.completed_at := now();
  ELSIF NEW.status <> 'done' THEN
    NEW.completed_at := NULL;
  END IF;
  RETURN NEW;
END;
$$;

CREATE TRIGGER tasks_stamp_completion BEFORE UPDATE OF status ON tasks
  FOR EACH ROW EXECUTE FUNCTION stamp_task_completion();
CREATE TRIGGER tasks_set_updated_at BEFORE UPDATE ON tasks
  FOR EACH ROW EXECUTE FUNCTION set_updated_at();

ALTER TABLE tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE reminders ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users manage own tasks" ON tasks
  FOR ALL USING (auth.uid() = user_id OR is_workspace_member(workspace_id))
  WITH CHECK (auth.uid() = user_id);
CREATE POLICY "Users manage reminders of own tasks" ON reminders
  FOR ALL USING (EXISTS (SELECT 1 FROM tasks t WHERE t.id = task_id AND t.user_id = auth.uid()))
  WITH CHECK (EXISTS (SELECT 1 FROM tasks t WHERE t.id = task_id AND t.user_id = auth.uid()));

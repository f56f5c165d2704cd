-- Phase 8: agents that work on their own: who they are, what they do, what they say to each other.

CREATE TYPE public.agent_run_status AS ENUM ('queued', 'running', 'waiting', 'succeeded', 'failed', 'canceled');

CREATE TABLE public.agents (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  purpose TEXT NOT NULL,
  model_id TEXT NOT NULL DEFAULT 'helix-small' REFERENCES public.ai_models(id),
  prompt_template_id UUID REFERENCES public.prompt_templates(id) ON DELETE SET NULL,
  is_enabled BOOLEAN NOT NULL DEFAULT true,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT agents_user_name_key UNIQUE (user_id, name)
);

CREATE TABLE public.agent_runs (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  agent_id UUID NOT NULL REFERENCES public.agents(id) ON DELETE CASCADE,
  parent_run_id UUID REFERENCES public.agent_runs(id) ON DELETE CASCADE,
  status public.agent_run_status NOT NULL DEFAULT 'queued',
  input JSONB NOT NULL DEFAULT '{}'::jsonb,
  output JSONB,
  error TEXT,
  queued_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  started_at TIMESTAMPTZ,
  finished_at TIMESTAMPTZ
);
CREATE INDEX idx_agent_runs_agent ON public.agent_runs(agent_id, queued_at DESC);
CREATE INDEX idx_agent_runs_queue ON public.agent_runs(queued_at) WHERE status = 'queued';

CREATE TABLE public.agent_tasks (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  run_id UUID NOT NULL REFERENCES public.agent_runs(id) ON DELETE CASCADE,
  task_id UUID REFERENCES public.tasks(id) ON DELETE SET NULL,
  description TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  is_done BOOLEAN NOT NULL DEFAULT false,
  UNIQUE (run_id, sequence)
);

CREATE TABLE public.agent_messages (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id UUID NOT NULL REFERENCES public.agent_runs(id) ON DELETE CASCADE,
  sender TEXT NOT NULL,
  content TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_agent_messages_run ON public.agent_messages(run_id, id);

CREATE TABLE public.agent_tool_permissions (
  agent_id UUID NOT NULL REFERENCES public.agents(id) ON DELETE CASCADE,
  tool_id UUID NOT NULL REFERENCES public.custom_tools(id) ON DELETE CASCADE,
  requires_approval BOOLEAN NOT NULL DEFAULT true,
  PRIMARY KEY (agent_id, tool_id)
);

-- Takes the oldest run from the queue; two workers never take the same.
CREATE FUNCTION public.claim_agent_run() RETURNS SETOF public.agent_runs
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  UPDATE agent_runs SET status = 'running', started_at = now()
  WHERE id = (
    SELECT id FROM agent_runs WHERE status = 'queued' ORDER BY queued_at LIMIT 1 FOR UPDATE SKIP LOCKED
  )
  RETURNING *;
$$;
REVOKE EXECUTE ON FUNCTION public.claim_agent_run() FROM PUBLIC, anon, authenticated;

CREATE FUNCTION public.owns_agent_run(p_run_id UUID) RETURNS BOOLEAN
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT EXISTS (
    SELECT 1 FROM agent_runs r JOIN agents a ON a.id = r.agent_id
    WHERE r.id = p_run_id AND a.user_id = auth.uid()
  );
$$;

CREATE TRIGGER agents_set_updated_at BEFORE UPDATE ON public.agents
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();

ALTER TABLE public.agents ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.agent_runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.agent_tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.agent_messages ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.agent_tool_permissions ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users manage own agents" ON public.agents
  FOR ALL USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);
CREATE POLICY "Users can view runs of own agents" ON public.agent_runs
  FOR SELECT USING (agent_id IN (SELECT a.id FROM public.agents a WHERE a.user_id = auth.uid()));
CREATE POLICY "Users can start runs of own agents" ON public.agent_runs
  FOR INSERT WITH CHECK (agent_id IN (SELECT a.id FROM public.agents a WHERE a.user_id = auth.uid()));
CREATE POLICY "Users can view own agent tasks" ON public.agent_tasks
  FOR SELECT USING (public.owns_agent_run(run_id));
CREATE POLICY "Users can view own agent messages" ON public.agent_messages
  FOR SELECT USING (public.owns_agent_run(run_id));
CREATE POLICY "Users manage permissions of own agents" ON public.agent_tool_permissions
  FOR ALL USING (agent_id IN (SELECT a.id FROM public.agents a WHERE a.user_id = auth.uid()));

-- First memory synthesis: jobs read conversations and leave memories with the patterns found in them.

CREATE TABLE public.memory_synthesis_jobs (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  status TEXT NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'succeeded', 'failed')),
  conversations_read INTEGER NOT NULL DEFAULT 0,
  error TEXT,
  started_at TIMESTAMPTZ,
  finished_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_memory_synthesis_jobs_open ON public.memory_synthesis_jobs(created_at)
  WHERE status IN ('queued', 'running');

CREATE TABLE public.memories (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  job_id UUID REFERENCES public.memory_synthesis_jobs(id) ON DELETE SET NULL,
  conversation_id UUID REFERENCES public.conversations(id) ON DELETE SET NULL,
  layer SMALLINT NOT NULL DEFAULT 1 CHECK (layer BETWEEN 1 AND 7),
  content TEXT NOT NULL,
  weight DOUBLE PRECISION NOT NULL DEFAULT 0.5,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_memories_user_layer ON public.memories(user_id, layer);

CREATE TABLE public.memory_patterns (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  pattern_type TEXT NOT NULL,
  description TEXT NOT NULL,
  confidence REAL NOT NULL DEFAULT 0.5,
  evidence_ids UUID[] NOT NULL DEFAULT '{}',
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE FUNCTION public.enqueue_memory_synthesis(p_user_id UUID) RETURNS UUID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_job UUID;
BEGIN
  IF NOT is_within_limit(p_user_id, 'synthesis_runs') THEN
    RAISE EXCEPTION 'monthly synthesis limit reached' USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO memory_synthesis_jobs (user_id) VALUES (p_user_id) RETURNING id INTO v_job;
  PERFORM increment_usage(p_user_id, 'synthesis_runs');
  RETURN v_job;
END;
$$;

ALTER TABLE public.memory_synthesis_jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.memories ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.memory_patterns ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users can view own synthesis jobs" ON public.memory_synthesis_jobs
  FOR SELECT USING (auth.uid() = user_id);
CREATE POLICY "Users manage own memories" ON public.memories
  FOR ALL USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);
CREATE POLICY "Users can view own memory patterns" ON public.memory_patterns
  FOR SELECT USING (auth.uid() = user_id);

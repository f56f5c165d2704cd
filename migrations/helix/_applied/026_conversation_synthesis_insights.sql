-- What a synthesis run says about one conversation: its summary and single insights with their confidence.

CREATE TABLE public.conversation_syntheses (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  conversation_id UUID NOT NULL REFERENCES public.conversations(id) ON DELETE CASCADE,
  job_id UUID REFERENCES public.memory_synthesis_jobs(id) ON DELETE SET NULL,
  summary TEXT NOT NULL,
  sentiment NUMERIC(3,2) CHECK (sentiment BETWEEN -1 AND 1),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_conversation_syntheses_conversation ON public.conversation_syntheses(conversation_id);

CREATE TABLE public.conversation_synthesis_insights (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  synthesis_id UUID NOT NULL REFERENCES public.conversation_syntheses(id) ON DELETE CASCADE,
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  insight_type TEXT NOT NULL CHECK (insight_type IN ('emotion', 'goal', 'preference', 'relationship', 'fact')),
  content TEXT NOT NULL,
  confidence REAL NOT NULL DEFAULT 0.5 CHECK (confidence BETWEEN 0 AND 1),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_synthesis_insights_user ON public.conversation_synthesis_insights(user_id, insight_type);

ALTER TABLE public.conversations
  ADD COLUMN synthesis_status TEXT NOT NULL DEFAULT 'none',
  ADD COLUMN last_synthesized_at TIMESTAMPTZ;
ALTER TABLE public.conversations
  ADD CONSTRAINT conversations_synthesis_status_check
  CHECK (synthesis_status IN ('none', 'queued', 'done', 'stale'));

CREATE FUNCTION public.mark_conversation_synthesized() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE conversations SET synthesis_status = 'done', last_synthesized_at = NEW.created_at
  WHERE id = NEW.conversation_id;
  RETURN NULL;
END;
$$;
CREATE TRIGGER conversation_syntheses_mark AFTER INSERT ON public.conversation_syntheses
  FOR EACH ROW EXECUTE FUNCTION public.mark_conversation_synthesized();

ALTER TABLE public.conversation_syntheses ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversation_synthesis_insights ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users can view syntheses of own conversations" ON public.conversation_syntheses
  FOR SELECT USING (
    conversation_id IN (SELECT c.id FROM public.conversations c WHERE c.user_id = auth.uid())
  );
CREATE POLICY "Users can view own synthesis insights" ON public.conversation_synthesis_insights
  FOR SELECT USING (auth.uid() = user_id);

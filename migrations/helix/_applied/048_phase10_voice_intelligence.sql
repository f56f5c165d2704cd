-- Phase 10: spoken conversations, and memos that become notes and tasks.

CREATE TABLE public.voice_sessions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  conversation_id UUID REFERENCES public.conversations(id) ON DELETE SET NULL,
  device_id UUID REFERENCES public.devices(id) ON DELETE SET NULL,
  model_id TEXT REFERENCES public.ai_models(id),
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  ended_at TIMESTAMPTZ
);
CREATE INDEX idx_voice_sessions_user ON public.voice_sessions(user_id, started_at DESC);

ALTER TABLE public.voice_memos
  ADD COLUMN note_id UUID REFERENCES public.notes(id) ON DELETE SET NULL,
  ADD COLUMN detected_language TEXT,
  ADD COLUMN summary TEXT;
ALTER TABLE public.voice_transcripts
  ADD COLUMN search_vector TSVECTOR GENERATED ALWAYS AS (to_tsvector('simple', transcript)) STORED;
CREATE INDEX idx_voice_transcripts_search ON public.voice_transcripts USING gin (search_vector);

CREATE FUNCTION public.mark_memo_transcribed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE voice_memos SET status = 'transcribed', detected_language = NEW.language WHERE id = NEW.memo_id;
  RETURN NULL;
END;
$$;
CREATE TRIGGER voice_transcripts_mark_memo AFTER INSERT ON public.voice_transcripts
  FOR EACH ROW EXECUTE FUNCTION public.mark_memo_transcribed();

ALTER TABLE public.voice_sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users manage own voice sessions" ON public.voice_sessions
  FOR ALL USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);

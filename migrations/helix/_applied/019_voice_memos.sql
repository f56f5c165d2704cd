-- Voice memos and their transcripts. Recordings are in the storage bucket "voice-memos".

CREATE TABLE public.voice_memos (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  title TEXT,
  storage_path TEXT NOT NULL,
  duration_seconds NUMERIC(8,2) CHECK (duration_seconds >= 0),
  status TEXT NOT NULL DEFAULT 'uploaded',
  recorded_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT voice_memos_status_check CHECK (status IN ('uploaded', 'transcribing', 'transcribed', 'failed'))
);
CREATE INDEX idx_voice_memos_user_recorded ON public.voice_memos(user_id, recorded_at DESC);

CREATE TABLE public.voice_transcripts (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  memo_id UUID NOT NULL UNIQUE REFERENCES public.voice_memos(id) ON DELETE CASCADE,
  language TEXT NOT NULL DEFAULT 'en',
  transcript TEXT NOT NULL,
  segments JSONB NOT NULL DEFAULT '[]'::jsonb,
  confidence REAL CHECK (confidence BETWEEN 0 AND 1),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

ALTER TABLE public.voice_memos ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.voice_transcripts ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users manage own voice memos" ON public.voice_memos
  FOR ALL USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);
CREATE POLICY "Users can view transcripts of own memos" ON public.voice_transcripts
  FOR SELECT USING (
    EXISTS (SELECT 1 FROM public.voice_memos m WHERE m.id = memo_id AND m.user_id = auth.uid())
  );

INSERT INTO storage.buckets (id, name, public, allowed_mime_types)
VALUES ('voice-memos', 'voice-memos', false, '{audio/webm,audio/mp4,audio/mpeg,audio/wav}')
ON CONFLICT (id) DO UPDATE SET allowed_mime_types = excluded.allowed_mime_types;

CREATE POLICY "Users manage own recordings" ON storage.objects
  FOR ALL TO authenticated
  USING (bucket_id = 'voice-memos' AND (storage.foldername(name))[1] = auth.uid()::text)
  WITH CHECK (bucket_id = 'voice-memos' AND (storage.foldername(name))[1] = auth.uid()::text);

-- Voice memos, second attempt. A duplicate of 019_voice_memos from another branch.

CREATE TABLE public.voice_memos (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  audio_url TEXT NOT NULL,
  transcript TEXT,
  duration INTERVAL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_voice_memos_user_id ON public.voice_memos(user_id);

ALTER TABLE public.voice_memos ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users manage own voice memos" ON public.voice_memos
  FOR ALL USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);

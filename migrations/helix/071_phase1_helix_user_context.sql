-- Phase 1: what the assistant knows of a person: trust, language, how interactions went, what conversations showed.
-- Safe to run again.

ALTER TABLE user_profiles ADD COLUMN IF NOT EXISTS email TEXT;
ALTER TABLE user_profiles ADD COLUMN IF NOT EXISTS trust_level INTEGER NOT NULL DEFAULT 50
  CONSTRAINT user_profiles_trust_level_check CHECK (trust_level BETWEEN 0 AND 100);
ALTER TABLE user_profiles ADD COLUMN IF NOT EXISTS preferred_language TEXT NOT NULL DEFAULT 'en';
ALTER TABLE user_profiles ADD COLUMN IF NOT EXISTS custom_preferences JSONB NOT NULL DEFAULT '{}'::jsonb;

UPDATE user_profiles p SET email = u.email
FROM auth.users u WHERE u.id = p.user_id AND p.email IS NULL AND u.email IS NOT NULL;

CREATE INDEX IF NOT EXISTS idx_user_profiles_email ON user_profiles(lower(email));

CREATE OR REPLACE FUNCTION public.handle_new_user() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO subscriptions (user_id) VALUES (NEW.id) ON CONFLICT (user_id) DO NOTHING;
  INSERT INTO user_preferences (user_id) VALUES (NEW.id) ON CONFLICT (user_id) DO NOTHING;
  INSERT INTO user_profiles (user_id, email, display_name, avatar_url, preferred_language)
  VALUES (
    NEW.id, NEW.email, NEW.raw_user_meta_data ->> 'full_name', NEW.raw_user_meta_data ->> 'avatar_url',
    COALESCE(NEW.raw_user_meta_data ->> 'language', 'en'))
  ON CONFLICT (user_id) DO NOTHING;
  RETURN NEW;
END;
$$;

CREATE TABLE IF NOT EXISTS public.user_interactions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  session_id UUID NOT NULL,
  conversation_id UUID REFERENCES public.conversations(id) ON DELETE SET NULL,
  interaction_type TEXT NOT NULL DEFAULT 'neutral',
  context JSONB NOT NULL DEFAULT '{}'::jsonb,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT user_interactions_type_check CHECK (interaction_type IN ('positive', 'negative', 'neutral'))
);
CREATE INDEX IF NOT EXISTS idx_user_interactions_user ON public.user_interactions(user_id, created_at DESC);
CREATE INDEX IF NOT EXISTS idx_user_interactions_session ON public.user_interactions(session_id);

CREATE TABLE IF NOT EXISTS public.conversation_insights (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  conversation_id UUID NOT NULL REFERENCES public.conversations(id) ON DELETE CASCADE,
  summary TEXT,
  emotional_tags TEXT[] NOT NULL DEFAULT '{}',
  attachment_signals JSONB NOT NULL DEFAULT '{}'::jsonb,
  goal_mentions TEXT[] NOT NULL DEFAULT '{}',
  synthesized_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT conversation_insights_conversation_key UNIQUE (conversation_id)
);
CREATE INDEX IF NOT EXISTS idx_conversation_insights_user
  ON public.conversation_insights(user_id, synthesized_at DESC);
CREATE INDEX IF NOT EXISTS idx_conversation_insights_emotions
  ON public.conversation_insights USING gin (emotional_tags);

-- What the older synthesis (026) found, one row for each conversation.
INSERT INTO public.conversation_insights (user_id, conversation_id, summary, emotional_tags, goal_mentions, synthesized_at)
SELECT
  c.user_id, c.id,
  (array_agg(s.summary ORDER BY s.created_at DESC))[1],
  COALESCE(array_agg(DISTINCT i.content) FILTER (WHERE i.insight_type = 'emotion'), '{}'),
  COALESCE(array_agg(DISTINCT i.content) FILTER (WHERE i.insight_type = 'goal'), '{}'),
  max(s.created_at)
FROM public.conversation_syntheses s
JOIN public.conversations c ON c.id = s.conversation_id
LEFT JOIN public.conversation_synthesis_insights i ON i.synthesis_id = s.id
GROUP BY c.user_id, c.id
ON CONFLICT (conversation_id) DO NOTHING;

-- Trust grows slowly and is lost faster.
CREATE OR REPLACE FUNCTION public.adjust_trust_level() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE user_profiles
  SET trust_level = greatest(0, least(100,
    trust_level + CASE NEW.interaction_type WHEN 'positive' THEN 1 WHEN 'negative' THEN -3 ELSE 0 END))
  WHERE user_id = NEW.user_id;
  RETURN NULL;
END;
$$;

DROP TRIGGER IF EXISTS user_interactions_adjust_trust ON public.user_interactions;
CREATE TRIGGER user_interactions_adjust_trust AFTER INSERT ON public.user_interactions
  FOR EACH ROW WHEN (NEW.interaction_type <> 'neutral')
  EXECUTE FUNCTION public.adjust_trust_level();

ALTER TABLE public.user_interactions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversation_insights ENABLE ROW LEVEL SECURITY;

DROP POLICY IF EXISTS "Users can select own interactions" ON public.user_interactions;
CREATE POLICY "Users can select own interactions" ON public.user_interactions
  FOR SELECT USING (auth.uid() = user_id);
DROP POLICY IF EXISTS "Users can select own conversation insights" ON public.conversation_insights;
CREATE POLICY "Users can select own conversation insights" ON public.conversation_insights
  FOR SELECT USING (auth.uid() = user_id);

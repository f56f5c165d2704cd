-- Phase 1B: the memory synthesis pipeline. Memories of conversations with a salience that decays, the patterns found
-- in them, and the history of the decay. Safe to run again.

CREATE TABLE IF NOT EXISTS public.conversation_memories (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  conversation_id UUID REFERENCES public.conversations(id) ON DELETE SET NULL,
  insight_id UUID REFERENCES public.conversation_insights(id) ON DELETE SET NULL,
  content TEXT NOT NULL,
  synthesis_result JSONB NOT NULL DEFAULT '{}'::jsonb,
  topics TEXT[] NOT NULL DEFAULT '{}',
  emotional_valence NUMERIC(3,2) CHECK (emotional_valence BETWEEN -1 AND 1),
  salience_score NUMERIC(4,3) NOT NULL DEFAULT 0.500,
  decay_rate NUMERIC(4,3) NOT NULL DEFAULT 0.050,
  access_count INTEGER NOT NULL DEFAULT 0,
  last_accessed_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT conversation_memories_salience_check CHECK (salience_score BETWEEN 0 AND 1),
  CONSTRAINT conversation_memories_decay_check CHECK (decay_rate BETWEEN 0 AND 1)
);
CREATE INDEX IF NOT EXISTS idx_conversation_memories_salience
  ON public.conversation_memories(user_id, salience_score DESC);
CREATE INDEX IF NOT EXISTS idx_conversation_memories_conversation
  ON public.conversation_memories(conversation_id);
CREATE INDEX IF NOT EXISTS idx_conversation_memories_topics
  ON public.conversation_memories USING gin (topics);

CREATE TABLE IF NOT EXISTS public.memory_insights (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  insight_type TEXT NOT NULL,
  title TEXT NOT NULL,
  description TEXT,
  confidence NUMERIC(3,2) NOT NULL DEFAULT 0.50,
  source_memory_id UUID REFERENCES public.conversation_memories(id) ON DELETE CASCADE,
  related_memory_id UUID REFERENCES public.conversation_memories(id) ON DELETE CASCADE,
  occurrences INTEGER NOT NULL DEFAULT 1,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT memory_insights_type_check CHECK (insight_type IN ('pattern', 'connection', 'preference', 'trend')),
  CONSTRAINT memory_insights_connection_check
    CHECK (insight_type <> 'connection' OR num_nulls(source_memory_id, related_memory_id) = 0)
);
CREATE INDEX IF NOT EXISTS idx_memory_insights_user ON public.memory_insights(user_id, insight_type);
CREATE INDEX IF NOT EXISTS idx_memory_insights_source ON public.memory_insights(source_memory_id);
CREATE INDEX IF NOT EXISTS idx_memory_insights_related ON public.memory_insights(related_memory_id);

CREATE TABLE IF NOT EXISTS public.memory_decay_history (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  memory_id UUID NOT NULL REFERENCES public.conversation_memories(id) ON DELETE CASCADE,
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  previous_salience NUMERIC(4,3) NOT NULL,
  new_salience NUMERIC(4,3) NOT NULL,
  reason TEXT NOT NULL DEFAULT 'decay',
  recorded_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS idx_memory_decay_history_memory
  ON public.memory_decay_history(memory_id, recorded_at DESC);

ALTER TABLE user_profiles ADD COLUMN IF NOT EXISTS communication_style TEXT NOT NULL DEFAULT 'balanced'
  CONSTRAINT user_profiles_communication_style_check
  CHECK (communication_style IN ('concise', 'balanced', 'detailed', 'playful'));
ALTER TABLE user_profiles ADD COLUMN IF NOT EXISTS relationship_type TEXT NOT NULL DEFAULT 'assistant'
  CONSTRAINT user_profiles_relationship_type_check
  CHECK (relationship_type IN ('assistant', 'coach', 'companion', 'colleague'));
ALTER TABLE user_profiles ADD COLUMN IF NOT EXISTS last_memory_synthesis_at TIMESTAMPTZ;
ALTER TABLE user_profiles ADD COLUMN IF NOT EXISTS memory_enabled BOOLEAN NOT NULL DEFAULT true;

CREATE OR REPLACE FUNCTION public.record_memory_decay() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO memory_decay_history (memory_id, user_id, previous_salience, new_salience, reason)
  VALUES (
    NEW.id, NEW.user_id, OLD.salience_score, NEW.salience_score,
    CASE WHEN NEW.salience_score < OLD.salience_score THEN 'decay' ELSE 'recall' END);
  RETURN NULL;
END;
$$;

CREATE OR REPLACE TRIGGER conversation_memories_record_decay
  AFTER UPDATE OF salience_score ON public.conversation_memories
  FOR EACH ROW WHEN (OLD.salience_score IS DISTINCT FROM NEW.salience_score)
  EXECUTE FUNCTION public.record_memory_decay();
CREATE OR REPLACE TRIGGER conversation_memories_touch_updated_at BEFORE UPDATE ON public.conversation_memories
  FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE OR REPLACE TRIGGER memory_insights_touch_updated_at BEFORE UPDATE ON public.memory_insights
  FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();

-- One step of forgetting: what was not looked at since yesterday loses its share.
CREATE OR REPLACE FUNCTION public.decay_conversation_memories(p_user_id UUID DEFAULT NULL) RETURNS INTEGER
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_count INTEGER;
BEGIN
  UPDATE conversation_memories
  SET salience_score = salience_score * (1 - decay_rate)
  WHERE (p_user_id IS NULL OR user_id = p_user_id)
    AND salience_score > 0.01
    AND COALESCE(last_accessed_at, created_at) < now() - interval '1 day';
  GET DIAGNOSTICS v_count = ROW_COUNT;
  RETURN v_count;
END;
$$;
REVOKE EXECUTE ON FUNCTION public.decay_conversation_memories(UUID) FROM PUBLIC, anon, authenticated;

INSERT INTO scheduled_jobs (name, schedule, command)
VALUES ('decay-memories', '45 3 * * *', 'memory.decay')
ON CONFLICT (name) DO NOTHING;

ALTER TABLE public.conversation_memories ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.memory_insights ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.memory_decay_history ENABLE ROW LEVEL SECURITY;

DROP POLICY IF EXISTS "Users can select own conversation memories" ON public.conversation_memories;
CREATE POLICY "Users can select own conversation memories" ON public.conversation_memories
  FOR SELECT USING (auth.uid() = user_id);
DROP POLICY IF EXISTS "Users can select own memory insights" ON public.memory_insights;
CREATE POLICY "Users can select own memory insights" ON public.memory_insights
  FOR SELECT USING (auth.uid() = user_id);
DROP POLICY IF EXISTS "Users can select own decay history" ON public.memory_decay_history;
CREATE POLICY "Users can select own decay history" ON public.memory_decay_history
  FOR SELECT USING (auth.uid() = user_id);

-- Identra: the complete MVP schema. Profiles, memories with embeddings and links between them, conversations and
-- messages, feedback, sessions, imports, metrics, feature flags. Accounts are Supabase's (auth.users).

-- Extensions: vectors for meaning, trigrams for misspelt words.
CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA extensions;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA extensions;

-- Profiles: one for each account, made with it.
CREATE TABLE public.user_profiles (
  id UUID PRIMARY KEY REFERENCES auth.users(id) ON DELETE CASCADE,
  email TEXT,
  display_name TEXT,
  avatar_url TEXT,
  timezone TEXT NOT NULL DEFAULT 'UTC',
  preferences JSONB NOT NULL DEFAULT '{"theme": "system", "language": "en", "notifications": true}'::jsonb,
  settings JSONB NOT NULL DEFAULT '{"memory_retention_days": null, "encrypt_by_default": false}'::jsonb,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- Conversations: chat sessions with any assistant.
CREATE TABLE public.conversations (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES public.user_profiles(id) ON DELETE CASCADE,
  title TEXT NOT NULL DEFAULT 'New conversation',
  model TEXT,
  is_archived BOOLEAN NOT NULL DEFAULT false,
  message_count INTEGER NOT NULL DEFAULT 0 CHECK (message_count >= 0),
  metadata JSONB NOT NULL DEFAULT '{}'::jsonb,
  last_message_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- Messages, each with the context that it was answered from.
CREATE TABLE public.messages (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  conversation_id UUID NOT NULL REFERENCES public.conversations(id) ON DELETE CASCADE,
  user_id UUID NOT NULL REFERENCES public.user_profiles(id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('user', 'assistant', 'system')),
  content TEXT NOT NULL,
  context_memory_ids UUID[] NOT NULL DEFAULT '{}',
  tokens_used INTEGER CHECK (tokens_used >= 0),
  metadata JSONB NOT NULL DEFAULT '{}'::jsonb,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- Imports: where memories were taken from, and how far it went.
CREATE TABLE public.import_history (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES public.user_profiles(id) ON DELETE CASCADE,
  source TEXT NOT NULL CHECK (source IN ('chatgpt', 'claude', 'gemini', 'markdown', 'json')),
  file_name TEXT,
  status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'processing', 'completed', 'failed')),
  items_total INTEGER NOT NULL DEFAULT 0,
  items_imported INTEGER NOT NULL DEFAULT 0,
  error_message TEXT,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  completed_at TIMESTAMPTZ,
  CONSTRAINT import_history_items_check CHECK (items_imported BETWEEN 0 AND items_total)
);

-- Memories: content and its embedding. A sensitive memory keeps its content encrypted by the client, and nothing to
-- search it by.
CREATE TABLE public.memories (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES public.user_profiles(id) ON DELETE CASCADE,
  conversation_id UUID REFERENCES public.conversations(id) ON DELETE SET NULL,
  import_id UUID REFERENCES public.import_history(id) ON DELETE SET NULL,
  content TEXT,
  encrypted_data BYTEA,
  embedding extensions.vector(1536),
  category TEXT NOT NULL DEFAULT 'general',
  tags TEXT[] NOT NULL DEFAULT '{}',
  importance REAL NOT NULL DEFAULT 0.5 CHECK (importance BETWEEN 0 AND 1),
  access_count INTEGER NOT NULL DEFAULT 0,
  last_accessed_at TIMESTAMPTZ,
  metadata JSONB NOT NULL DEFAULT '{}'::jsonb,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT memories_content_check CHECK (
    CASE WHEN encrypted_data IS NULL THEN content IS NOT NULL ELSE content IS NULL AND embedding IS NULL END)
);

-- Links: the graph of what a memory has to do with another.
CREATE TABLE public.memory_links (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES public.user_profiles(id) ON DELETE CASCADE,
  source_memory_id UUID NOT NULL REFERENCES public.memories(id) ON DELETE CASCADE,
  target_memory_id UUID NOT NULL REFERENCES public.memories(id) ON DELETE CASCADE,
  link_type TEXT NOT NULL DEFAULT 'related'
    CHECK (link_type IN ('related', 'follows', 'contradicts', 'supports', 'part_of')),
  strength REAL NOT NULL DEFAULT 0.5 CHECK (strength BETWEEN 0 AND 1),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT memory_links_once UNIQUE (source_memory_id, target_memory_id, link_type),
  CONSTRAINT memory_links_not_to_itself CHECK (source_memory_id <> target_memory_id)
);

-- Feedback on a memory, a message, or the application itself.
CREATE TABLE public.feedback (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES public.user_profiles(id) ON DELETE CASCADE,
  memory_id UUID REFERENCES public.memories(id) ON DELETE SET NULL,
  message_id UUID REFERENCES public.messages(id) ON DELETE SET NULL,
  feedback_type TEXT NOT NULL CHECK (feedback_type IN ('bug', 'feature', 'relevance', 'general')),
  rating SMALLINT CHECK (rating BETWEEN 1 AND 5),
  comment TEXT,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- Sessions: the devices that somebody is signed in on.
CREATE TABLE public.user_sessions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES public.user_profiles(id) ON DELETE CASCADE,
  device_name TEXT,
  client_version TEXT,
  ip_address INET,
  user_agent TEXT,
  last_active_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  expires_at TIMESTAMPTZ NOT NULL DEFAULT now() + interval '30 days',
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- The system's own tables: metrics and feature flags belong to nobody.
CREATE TABLE public.system_metrics (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  metric TEXT NOT NULL,
  value DOUBLE PRECISION NOT NULL,
  labels JSONB NOT NULL DEFAULT '{}'::jsonb,
  recorded_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE public.feature_flags (
  key TEXT PRIMARY KEY,
  description TEXT NOT NULL,
  enabled BOOLEAN NOT NULL DEFAULT false,
  rollout_percentage SMALLINT NOT NULL DEFAULT 100 CHECK (rollout_percentage BETWEEN 0 AND 100),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

INSERT INTO public.feature_flags (key, description, enabled, rollout_percentage) VALUES
  ('semantic_search', 'Search memories by meaning', true, 100),
  ('memory_links', 'Show how memories are related', true, 100),
  ('conversation_import', 'Import conversations from other assistants', true, 50),
  ('encrypted_memories', 'Keep sensitive memories encrypted', true, 100),
  ('auto_summaries', 'Summarise long conversations', false, 0)
ON CONFLICT (key) DO NOTHING;

-- Indexes. First the vectors: 100 lists suit some hundred thousand rows; with more, make it again with rows / 1000.
CREATE INDEX idx_memories_embedding ON public.memories
  USING ivfflat (embedding extensions.vector_cosine_ops) WITH (lists = 100);
CREATE INDEX idx_memories_content_trgm ON public.memories USING gin (content extensions.gin_trgm_ops);
CREATE INDEX idx_messages_content_trgm ON public.messages USING gin (content extensions.gin_trgm_ops);
CREATE INDEX idx_conversations_title_trgm ON public.conversations USING gin (title extensions.gin_trgm_ops);

CREATE INDEX idx_user_profiles_email ON public.user_profiles(lower(email));
CREATE INDEX idx_memories_user_created ON public.memories(user_id, created_at DESC);
CREATE INDEX idx_memories_user_category ON public.memories(user_id, category);
CREATE INDEX idx_memories_conversation_id ON public.memories(conversation_id);
CREATE INDEX idx_memories_import_id ON public.memories(import_id);
CREATE INDEX idx_memories_tags ON public.memories USING gin (tags);
CREATE INDEX idx_memory_links_user_id ON public.memory_links(user_id);
CREATE INDEX idx_memory_links_target ON public.memory_links(target_memory_id);
CREATE INDEX idx_conversations_user_recent ON public.conversations(user_id, last_message_at DESC NULLS LAST);
CREATE INDEX idx_messages_conversation_created ON public.messages(conversation_id, created_at);
CREATE INDEX idx_messages_user_id ON public.messages(user_id);
CREATE INDEX idx_feedback_user_id ON public.feedback(user_id);
CREATE INDEX idx_feedback_memory_id ON public.feedback(memory_id);
CREATE INDEX idx_feedback_message_id ON public.feedback(message_id);
CREATE INDEX idx_user_sessions_user_active ON public.user_sessions(user_id, last_active_at DESC);
CREATE INDEX idx_user_sessions_expires_at ON public.user_sessions(expires_at);
CREATE INDEX idx_import_history_user_started ON public.import_history(user_id, started_at DESC);
CREATE INDEX idx_system_metrics_metric_recorded ON public.system_metrics(metric, recorded_at DESC);

-- Helper functions. They run with their caller's rights, so row-level security holds in them, unless it is said.

-- The caller's memories nearest in meaning to a query.
CREATE FUNCTION public.match_memories(
  query_embedding extensions.vector(1536), match_threshold DOUBLE PRECISION DEFAULT 0.7, match_count INTEGER DEFAULT 10
) RETURNS TABLE (id UUID, content TEXT, category TEXT, similarity DOUBLE PRECISION)
LANGUAGE sql STABLE SET search_path = public, extensions AS $$
  SELECT m.id, m.content, m.category, 1 - (m.embedding <=> query_embedding)
  FROM memories m
  WHERE m.user_id = auth.uid() AND m.embedding IS NOT NULL
    AND 1 - (m.embedding <=> query_embedding) >= match_threshold
  ORDER BY m.embedding <=> query_embedding
  LIMIT match_count
$$;

-- The caller's memories that hold something like these words.
CREATE FUNCTION public.search_memories(
  search_text TEXT, match_count INTEGER DEFAULT 10
) RETURNS TABLE (id UUID, content TEXT, category TEXT, similarity REAL)
LANGUAGE sql STABLE SET search_path = public, extensions AS $$
  SELECT m.id, m.content, m.category, word_similarity(search_text, m.content)
  FROM memories m
  WHERE m.user_id = auth.uid() AND search_text <% m.content
  ORDER BY word_similarity(search_text, m.content) DESC, m.created_at DESC
  LIMIT match_count
$$;

-- The memories that a memory leads to, by the shortest way.
CREATE FUNCTION public.related_memories(
  start_id UUID, max_depth INTEGER DEFAULT 2
) RETURNS TABLE (id UUID, content TEXT, depth INTEGER)
LANGUAGE sql STABLE SET search_path = public AS $$
  WITH RECURSIVE reached AS (
    SELECT start_id AS memory_id, 0 AS depth
    UNION
    SELECT CASE l.source_memory_id WHEN r.memory_id THEN l.target_memory_id ELSE l.source_memory_id END, r.depth + 1
    FROM reached r
    JOIN memory_links l ON r.memory_id IN (l.source_memory_id, l.target_memory_id)
    WHERE r.depth < least(max_depth, 5)
  )
  SELECT m.id, m.content, min(r.depth)
  FROM reached r JOIN memories m ON m.id = r.memory_id
  WHERE m.id <> start_id
  GROUP BY m.id, m.content
  ORDER BY min(r.depth), m.id
$$;

CREATE FUNCTION public.record_memory_access(memory UUID) RETURNS void
LANGUAGE sql SET search_path = public AS $$
  UPDATE memories SET access_count = access_count + 1, last_accessed_at = now() WHERE id = memory
$$;

-- Whether a feature is on for the caller. Reads the flags with its owner's rights: clients see answers, not flags.
-- The same account always falls on the same side of a partial rollout.
CREATE FUNCTION public.is_feature_enabled(flag TEXT) RETURNS BOOLEAN
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce((
    SELECT f.enabled AND (
      f.rollout_percentage = 100
      OR (auth.uid() IS NOT NULL
        AND mod(hashtextextended(f.key || auth.uid(), 0) & 9223372036854775807, 100) < f.rollout_percentage))
    FROM feature_flags f WHERE f.key = flag), false)
$$;

-- For the service: removes sessions that are over, and tells how many.
CREATE FUNCTION public.delete_expired_sessions() RETURNS INTEGER
LANGUAGE sql SET search_path = public AS $$
  WITH deleted AS (DELETE FROM user_sessions WHERE expires_at < now() RETURNING 1)
  SELECT count(*)::integer FROM deleted
$$;
REVOKE EXECUTE ON FUNCTION public.delete_expired_sessions() FROM PUBLIC, anon, authenticated;

-- Triggers
CREATE FUNCTION public.set_updated_at() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END;
$$;

CREATE TRIGGER user_profiles_updated_at BEFORE UPDATE ON public.user_profiles
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE TRIGGER memories_updated_at
  BEFORE UPDATE OF content, encrypted_data, embedding, category, tags, importance, metadata
  ON public.memories FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE TRIGGER conversations_updated_at BEFORE UPDATE ON public.conversations
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE TRIGGER feature_flags_updated_at BEFORE UPDATE ON public.feature_flags
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();

CREATE FUNCTION public.count_message() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  UPDATE public.conversations
  SET message_count = message_count + 1, last_message_at = NEW.created_at
  WHERE id = NEW.conversation_id;
  RETURN NULL;
END;
$$;

CREATE TRIGGER messages_count AFTER INSERT ON public.messages
  FOR EACH ROW EXECUTE FUNCTION public.count_message();

CREATE FUNCTION public.handle_new_user() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO user_profiles (id, email, display_name, avatar_url)
  VALUES (NEW.id, NEW.email, NEW.raw_user_meta_data ->> 'full_name', NEW.raw_user_meta_data ->> 'avatar_url')
  ON CONFLICT (id) DO NOTHING;
  RETURN NEW;
END;
$$;
REVOKE EXECUTE ON FUNCTION public.handle_new_user() FROM PUBLIC, anon, authenticated;

CREATE TRIGGER on_auth_user_created AFTER INSERT ON auth.users
  FOR EACH ROW EXECUTE FUNCTION public.handle_new_user();

-- Accounts that are older than this schema.
INSERT INTO public.user_profiles (id, email, display_name, avatar_url)
SELECT id, email, raw_user_meta_data ->> 'full_name', raw_user_meta_data ->> 'avatar_url' FROM auth.users
ON CONFLICT (id) DO NOTHING;

-- Row-level security: everybody's own rows. The system's tables have no policy, so only the service reaches them.
ALTER TABLE public.user_profiles ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.memories ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.memory_links ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.conversations ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.messages ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.feedback ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.user_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.import_history ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.system_metrics ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.feature_flags ENABLE ROW LEVEL SECURITY;

CREATE POLICY "Users can view own profile" ON public.user_profiles
  FOR SELECT TO authenticated USING ((SELECT auth.uid()) = id);
CREATE POLICY "Users can update own profile" ON public.user_profiles
  FOR UPDATE TO authenticated USING ((SELECT auth.uid()) = id) WITH CHECK ((SELECT auth.uid()) = id);

CREATE POLICY "Users can view own memories" ON public.memories
  FOR SELECT TO authenticated USING ((SELECT auth.uid()) = user_id);
CREATE POLICY "Users can insert own memories" ON public.memories
  FOR INSERT TO authenticated WITH CHECK ((SELECT auth.uid()) = user_id);
CREATE POLICY "Users can update own memories" ON public.memories
  FOR UPDATE TO authenticated USING ((SELECT auth.uid()) = user_id) WITH CHECK ((SELECT auth.uid()) = user_id);
CREATE POLICY "Users can delete own memories" ON public.memories
  FOR DELETE TO authenticated USING ((SELECT auth.uid()) = user_id);

CREATE POLICY "Users can view own memory links" ON public.memory_links
  FOR SELECT TO authenticated USING ((SELECT auth.uid()) = user_id);
CREATE POLICY "Users can insert own memory links" ON public.memory_links
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = user_id
    AND source_memory_id IN (SELECT id FROM public.memories WHERE user_id = (SELECT auth.uid()))
    AND target_memory_id IN (SELECT id FROM public.memories WHERE user_id = (SELECT auth.uid())));
CREATE POLICY "Users can update own memory links" ON public.memory_links
  FOR UPDATE TO authenticated USING ((SELECT auth.uid()) = user_id)
  WITH CHECK ((SELECT auth.uid()) = user_id
    AND source_memory_id IN (SELECT id FROM public.memories WHERE user_id = (SELECT auth.uid()))
    AND target_memory_id IN (SELECT id FROM public.memories WHERE user_id = (SELECT auth.uid())));
CREATE POLICY "Users can delete own memory links" ON public.memory_links
  FOR DELETE TO authenticated USING ((SELECT auth.uid()) = user_id);

CREATE POLICY "Users can view own conversations" ON public.conversations
  FOR SELECT TO authenticated USING ((SELECT auth.uid()) = user_id);
CREATE POLICY "Users can insert own conversations" ON public.conversations
  FOR INSERT TO authenticated WITH CHECK ((SELECT auth.uid()) = user_id);
CREATE POLICY "Users can update own conversations" ON public.conversations
  FOR UPDATE TO authenticated USING ((SELECT auth.uid()) = user_id) WITH CHECK ((SELECT auth.uid()) = user_id);
CREATE POLICY "Users can delete own conversations" ON public.conversations
  FOR DELETE TO authenticated USING ((SELECT auth.uid()) = user_id);

CREATE POLICY "Users can view own messages" ON public.messages
  FOR SELECT TO authenticated USING ((SELECT auth.uid()) = user_id);
CREATE POLICY "Users can insert own messages" ON public.messages
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = user_id
    AND conversation_id IN (SELECT id FROM public.conversations WHERE user_id = (SELECT auth.uid())));
CREATE POLICY "Users can delete own messages" ON public.messages
  FOR DELETE TO authenticated USING ((SELECT auth.uid()) = user_id);

CREATE POLICY "Users can view own feedback" ON public.feedback
  FOR SELECT TO authenticated USING ((SELECT auth.uid()) = user_id);
CREATE POLICY "Users can insert own feedback" ON public.feedback
  FOR INSERT TO authenticated WITH CHECK ((SELECT auth.uid()) = user_id);

CREATE POLICY "Users can view own sessions" ON public.user_sessions
  FOR SELECT TO authenticated USING ((SELECT auth.uid()) = user_id);
CREATE POLICY "Users can delete own sessions" ON public.user_sessions
  FOR DELETE TO authenticated USING ((SELECT auth.uid()) = user_id);

CREATE POLICY "Users can view own imports" ON public.import_history
  FOR SELECT TO authenticated USING ((SELECT auth.uid()) = user_id);
CREATE POLICY "Users can insert own imports" ON public.import_history
  FOR INSERT TO authenticated WITH CHECK ((SELECT auth.uid()) = user_id);

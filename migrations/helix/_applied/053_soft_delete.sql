-- Deleted conversations, notes and memos can be restored for thirty days.

ALTER TABLE public.conversations ADD COLUMN deleted_at TIMESTAMPTZ;
ALTER TABLE public.notes ADD COLUMN deleted_at TIMESTAMPTZ;
ALTER TABLE public.voice_memos ADD COLUMN deleted_at TIMESTAMPTZ;

DROP VIEW public.active_conversations;
CREATE VIEW public.active_conversations WITH (security_invoker = true) AS
SELECT id, user_id, workspace_id, title, channel, model_id, message_count, last_message_at
FROM public.conversations
WHERE NOT is_archived AND deleted_at IS NULL;
GRANT SELECT ON public.active_conversations TO authenticated;
REVOKE ALL ON public.active_conversations FROM anon;

DROP INDEX public.idx_conversations_user_recent;
CREATE INDEX idx_conversations_user_recent ON public.conversations(user_id, last_message_at DESC NULLS LAST)
  WHERE deleted_at IS NULL;

CREATE OR REPLACE FUNCTION public.search_notes(p_query TEXT, p_limit INTEGER DEFAULT 20)
RETURNS TABLE (note_id UUID, title TEXT, rank REAL)
LANGUAGE sql STABLE AS $$
  SELECT n.id, n.title, ts_rank(n.search_vector, q)
  FROM public.notes n, websearch_to_tsquery('simple', p_query) q
  WHERE n.search_vector @@ q AND n.deleted_at IS NULL
  ORDER BY ts_rank(n.search_vector, q) DESC
  LIMIT p_limit;
$$;

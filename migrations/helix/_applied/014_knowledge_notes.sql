-- Notes with full-text search, and tags.

CREATE TABLE public.notes (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  title TEXT NOT NULL DEFAULT '',
  body TEXT NOT NULL DEFAULT '',
  is_pinned BOOLEAN NOT NULL DEFAULT false,
  search_vector TSVECTOR GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'B')
  ) STORED,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_notes_search ON public.notes USING gin (search_vector);
CREATE INDEX idx_notes_user_id ON public.notes(user_id, updated_at DESC);

CREATE TABLE public.note_tags (
  note_id UUID NOT NULL REFERENCES public.notes(id) ON DELETE CASCADE,
  tag TEXT NOT NULL CHECK (tag = lower(tag)),
  PRIMARY KEY (note_id, tag)
);
CREATE INDEX idx_note_tags_tag ON public.note_tags(tag);

CREATE TRIGGER notes_set_updated_at BEFORE UPDATE ON public.notes
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();

CREATE FUNCTION public.search_notes(p_query TEXT, p_limit INTEGER DEFAULT 20)
RETURNS TABLE (note_id UUID, title TEXT, rank REAL)
LANGUAGE sql STABLE AS $$
  SELECT n.id, n.title, ts_rank(n.search_vector, q)
  FROM public.notes n, websearch_to_tsquery('simple', p_query) q
  WHERE n.search_vector @@ q
  ORDER BY ts_rank(n.search_vector, q) DESC
  LIMIT p_limit;
$$;

ALTER TABLE public.notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.note_tags ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users manage own notes" ON public.notes
  FOR ALL USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);
CREATE POLICY "Users manage tags of own notes" ON public.note_tags
  FOR ALL USING (EXISTS (SELECT 1 FROM public.notes n WHERE n.id = note_id AND n.user_id = auth.uid()));

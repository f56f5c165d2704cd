-- Memories get a strength in place of a weight, and patterns point to their memories through a table of their own.

ALTER TABLE public.memories RENAME COLUMN weight TO strength;
ALTER TABLE public.memories
  ADD COLUMN last_recalled_at TIMESTAMPTZ,
  ADD COLUMN recall_count INTEGER NOT NULL DEFAULT 0,
  ADD CONSTRAINT memories_strength_check CHECK (strength BETWEEN 0 AND 1);

CREATE TABLE public.memory_pattern_sources (
  pattern_id UUID NOT NULL REFERENCES public.memory_patterns(id) ON DELETE CASCADE,
  memory_id UUID NOT NULL REFERENCES public.memories(id) ON DELETE CASCADE,
  PRIMARY KEY (pattern_id, memory_id)
);

INSERT INTO public.memory_pattern_sources (pattern_id, memory_id)
SELECT p.id, m.id
FROM public.memory_patterns p
JOIN public.memories m ON m.id = ANY (p.evidence_ids)
ON CONFLICT DO NOTHING;

ALTER TABLE public.memory_patterns DROP COLUMN evidence_ids;
CREATE INDEX idx_memory_patterns_user_id ON public.memory_patterns(user_id);

CREATE FUNCTION public.recall_memory(p_memory_id UUID) RETURNS VOID
LANGUAGE sql AS $$
  UPDATE public.memories
  SET last_recalled_at = now(), recall_count = recall_count + 1, strength = least(1, strength + 0.05)
  WHERE id = p_memory_id;
$$;

ALTER TABLE public.memory_pattern_sources ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users can view sources of own patterns" ON public.memory_pattern_sources
  FOR SELECT USING (pattern_id IN (SELECT p.id FROM public.memory_patterns p WHERE p.user_id = auth.uid()));

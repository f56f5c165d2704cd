-- Resolutions: how a typed hole of the specification was filled, by whom, and how sure that is.

CREATE TABLE public.hole_resolutions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  session_id UUID NOT NULL,
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  hole_id TEXT NOT NULL,
  hole_type TEXT NOT NULL,
  resolution_method TEXT NOT NULL DEFAULT 'user_selection',
  resolved_value JSONB NOT NULL,
  confidence_score NUMERIC(4, 3),
  rationale TEXT,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT hole_resolutions_type_check
    CHECK (hole_type IN ('type', 'parameter', 'return_value', 'validation', 'entity', 'constraint')),
  CONSTRAINT hole_resolutions_method_check
    CHECK (resolution_method IN ('user_selection', 'ai_suggestion', 'inference', 'default')),
  CONSTRAINT hole_resolutions_confidence_check CHECK (confidence_score BETWEEN 0 AND 1),
  CONSTRAINT hole_resolutions_hole_key UNIQUE (session_id, hole_id),
  CONSTRAINT hole_resolutions_session_fkey FOREIGN KEY (session_id, user_id)
    REFERENCES public.sessions(id, user_id) ON DELETE CASCADE
);

CREATE INDEX idx_hole_resolutions_session_id ON public.hole_resolutions(session_id);
CREATE INDEX idx_hole_resolutions_user_id ON public.hole_resolutions(user_id);
CREATE INDEX idx_hole_resolutions_created_at ON public.hole_resolutions(created_at DESC);
CREATE INDEX idx_hole_resolutions_session_type ON public.hole_resolutions(session_id, hole_type);
CREATE INDEX idx_hole_resolutions_type_method ON public.hole_resolutions(hole_type, resolution_method);
CREATE INDEX idx_hole_resolutions_resolved_value ON public.hole_resolutions USING gin (resolved_value);

COMMENT ON TABLE public.hole_resolutions IS 'Answers to the typed holes of a session''s specification';
COMMENT ON COLUMN public.hole_resolutions.confidence_score IS 'How sure the suggestion was, from 0 to 1';

-- Revisions: every version of a session's IR, what made it, and how it validated.

CREATE TABLE public.session_revisions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  session_id UUID NOT NULL,
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  revision_number INTEGER NOT NULL CHECK (revision_number > 0),
  source TEXT NOT NULL DEFAULT 'initial',
  ir_content JSONB NOT NULL,
  validation_result JSONB,
  changed_fields TEXT[] NOT NULL DEFAULT '{}',
  change_summary TEXT,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT session_revisions_source_check CHECK (source IN ('initial', 'refinement', 'repair', 'user_edit')),
  CONSTRAINT session_revisions_number_key UNIQUE (session_id, revision_number),
  CONSTRAINT session_revisions_session_fkey FOREIGN KEY (session_id, user_id)
    REFERENCES public.sessions(id, user_id) ON DELETE CASCADE
);

CREATE INDEX idx_session_revisions_session_id ON public.session_revisions(session_id);
CREATE INDEX idx_session_revisions_user_id ON public.session_revisions(user_id);
CREATE INDEX idx_session_revisions_source ON public.session_revisions(source);
CREATE INDEX idx_session_revisions_created_at ON public.session_revisions(created_at DESC);
CREATE INDEX idx_session_revisions_session_created ON public.session_revisions(session_id, created_at DESC);
CREATE INDEX idx_session_revisions_ir_content ON public.session_revisions USING gin (ir_content);
CREATE INDEX idx_session_revisions_validation_result ON public.session_revisions USING gin (validation_result);

COMMENT ON TABLE public.session_revisions IS 'The complete history of a session''s intermediate representation';

-- Sessions: the main table. State, the current intermediate representation (IR) and code, and counters that triggers
-- (006) keep, so that a list of sessions needs no joins.

CREATE TABLE public.sessions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  title TEXT,
  prompt TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'active',
  target_language TEXT NOT NULL DEFAULT 'python',
  current_ir JSONB,
  current_code TEXT,
  revision_count INTEGER NOT NULL DEFAULT 0 CHECK (revision_count >= 0),
  draft_count INTEGER NOT NULL DEFAULT 0 CHECK (draft_count >= 0),
  hole_count INTEGER NOT NULL DEFAULT 0 CHECK (hole_count >= 0),
  metadata JSONB NOT NULL DEFAULT '{}'::jsonb,
  finalized_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT sessions_status_check CHECK (status IN ('active', 'paused', 'finalized', 'error')),
  -- What the other tables refer to: a row of theirs belongs to the session's own user, or it is refused.
  CONSTRAINT sessions_id_user_id_key UNIQUE (id, user_id)
);

CREATE INDEX idx_sessions_user_id ON public.sessions(user_id);
CREATE INDEX idx_sessions_status ON public.sessions(status);
CREATE INDEX idx_sessions_created_at ON public.sessions(created_at DESC);
CREATE INDEX idx_sessions_updated_at ON public.sessions(updated_at DESC);
CREATE INDEX idx_sessions_user_status ON public.sessions(user_id, status);
CREATE INDEX idx_sessions_user_updated ON public.sessions(user_id, updated_at DESC);
CREATE INDEX idx_sessions_current_ir ON public.sessions USING gin (current_ir);
CREATE INDEX idx_sessions_metadata ON public.sessions USING gin (metadata);

COMMENT ON TABLE public.sessions IS 'A specification being refined into code';
COMMENT ON COLUMN public.sessions.current_ir IS 'The newest revision''s intermediate representation';
COMMENT ON COLUMN public.sessions.revision_count IS 'Kept by a trigger on session_revisions';
COMMENT ON COLUMN public.sessions.draft_count IS 'Kept by a trigger on session_drafts';
COMMENT ON COLUMN public.sessions.hole_count IS 'Kept by a trigger on hole_resolutions';

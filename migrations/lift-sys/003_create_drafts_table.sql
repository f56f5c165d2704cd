-- Drafts: generated code, whether it parses, and what the language model took to write it.

CREATE TABLE public.session_drafts (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  session_id UUID NOT NULL,
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  draft_number INTEGER NOT NULL CHECK (draft_number > 0),
  code TEXT NOT NULL,
  language TEXT NOT NULL DEFAULT 'python',
  syntax_valid BOOLEAN NOT NULL DEFAULT false,
  ast_valid BOOLEAN NOT NULL DEFAULT false,
  validation_errors TEXT[] NOT NULL DEFAULT '{}',
  llm_provider TEXT,
  llm_model TEXT,
  tokens_used INTEGER CHECK (tokens_used >= 0),
  cost_usd NUMERIC(10, 6) CHECK (cost_usd >= 0),
  generation_time_ms INTEGER CHECK (generation_time_ms >= 0),
  metadata JSONB NOT NULL DEFAULT '{}'::jsonb,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  -- What does not parse has no syntax tree.
  CONSTRAINT session_drafts_validity_check CHECK (syntax_valid OR NOT ast_valid),
  CONSTRAINT session_drafts_number_key UNIQUE (session_id, draft_number),
  CONSTRAINT session_drafts_session_fkey FOREIGN KEY (session_id, user_id)
    REFERENCES public.sessions(id, user_id) ON DELETE CASCADE
);

CREATE INDEX idx_session_drafts_session_id ON public.session_drafts(session_id);
CREATE INDEX idx_session_drafts_user_id ON public.session_drafts(user_id);
CREATE INDEX idx_session_drafts_created_at ON public.session_drafts(created_at DESC);
CREATE INDEX idx_session_drafts_validity ON public.session_drafts(syntax_valid, ast_valid);
CREATE INDEX idx_session_drafts_session_created ON public.session_drafts(session_id, created_at DESC);
CREATE INDEX idx_session_drafts_user_created ON public.session_drafts(user_id, created_at DESC);
CREATE INDEX idx_session_drafts_metadata ON public.session_drafts USING gin (metadata);

COMMENT ON TABLE public.session_drafts IS 'Code generated for a session, in the order of draft_number';
COMMENT ON COLUMN public.session_drafts.cost_usd IS 'What the language model cost, in US dollars';

-- Phase 9: how far an agent may go before it asks, and what it asked.

CREATE TABLE public.autonomy_settings (
  user_id UUID PRIMARY KEY REFERENCES auth.users(id) ON DELETE CASCADE,
  level SMALLINT NOT NULL DEFAULT 1 CHECK (level BETWEEN 0 AND 4),
  spending_limit_cents INTEGER NOT NULL DEFAULT 0 CHECK (spending_limit_cents >= 0),
  may_send_email BOOLEAN NOT NULL DEFAULT false,
  may_change_calendar BOOLEAN NOT NULL DEFAULT false,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE public.approval_requests (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  run_id UUID NOT NULL REFERENCES public.agent_runs(id) ON DELETE CASCADE,
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  action TEXT NOT NULL,
  details JSONB NOT NULL DEFAULT '{}'::jsonb,
  decision TEXT CHECK (decision IN ('approved', 'denied')),
  decided_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT approval_requests_decided_check CHECK ((decision IS NULL) = (decided_at IS NULL))
);
CREATE INDEX idx_approval_requests_open ON public.approval_requests(user_id, created_at) WHERE decision IS NULL;

CREATE FUNCTION public.resume_after_decision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE agent_runs
  SET status = CASE NEW.decision WHEN 'approved' THEN 'queued' ELSE 'canceled' END::agent_run_status
  WHERE id = NEW.run_id AND status = 'waiting';
  PERFORM notify_user(NEW.user_id, 'approval', 'Decision recorded: ' || NEW.decision);
  RETURN NULL;
END;
$$;
CREATE TRIGGER approval_requests_resume AFTER UPDATE OF decision ON public.approval_requests
  FOR EACH ROW WHEN (OLD.decision IS NULL AND NEW.decision IS NOT NULL)
  EXECUTE FUNCTION public.resume_after_decision();
CREATE TRIGGER autonomy_settings_set_updated_at BEFORE UPDATE ON public.autonomy_settings
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();

ALTER TABLE public.autonomy_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.approval_requests ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users manage own autonomy" ON public.autonomy_settings
  FOR ALL USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);
CREATE POLICY "Users can view own approval requests" ON public.approval_requests
  FOR SELECT USING (auth.uid() = user_id);
CREATE POLICY "Users can decide own approval requests" ON public.approval_requests
  FOR UPDATE USING (auth.uid() = user_id) WITH CHECK (auth.uid() = user_id);

-- Privacy monitoring: what is observed, and who changed that. Sessions that need a second factor.

CREATE TABLE public.privacy_transparency_log (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  action TEXT NOT NULL,
  resource TEXT NOT NULL,
  details JSONB NOT NULL DEFAULT '{}',
  "timestamp" TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX "privacy_transparency_log_userId_timestamp_idx"
  ON public.privacy_transparency_log("userId", "timestamp");
COMMENT ON TABLE public.privacy_transparency_log
  IS 'Privacy audit trail: what was changed about what is observed, for the user to read';
COMMENT ON COLUMN public.privacy_transparency_log.resource IS 'The table that was changed';
COMMENT ON COLUMN public.privacy_transparency_log.details IS 'The row after the change, or before its deletion';

ALTER TABLE public.privacy_transparency_log ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.mfa_enforced_sessions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  "sessionId" UUID NOT NULL REFERENCES public.sessions(id) ON DELETE CASCADE ON UPDATE CASCADE,
  method TEXT NOT NULL DEFAULT 'totp',
  "verifiedAt" TIMESTAMPTZ,
  "expiresAt" TIMESTAMPTZ NOT NULL,
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT mfa_enforced_sessions_method_check CHECK (method IN ('totp', 'webauthn', 'sms'))
);
CREATE UNIQUE INDEX "mfa_enforced_sessions_sessionId_key" ON public.mfa_enforced_sessions("sessionId");
CREATE INDEX "mfa_enforced_sessions_userId_idx" ON public.mfa_enforced_sessions("userId");
COMMENT ON TABLE public.mfa_enforced_sessions IS 'Sessions that had to pass a second factor, and when they did';
COMMENT ON COLUMN public.mfa_enforced_sessions."verifiedAt" IS 'Null until the second factor was given';

ALTER TABLE public.mfa_enforced_sessions ENABLE ROW LEVEL SECURITY;

-- A user who is being deleted has nobody left to tell.
CREATE OR REPLACE FUNCTION public.log_privacy_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  owner UUID := CASE WHEN TG_OP = 'DELETE' THEN OLD."userId" ELSE NEW."userId" END;
  changed JSONB := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
BEGIN
  INSERT INTO public.privacy_transparency_log ("userId", action, resource, details)
  SELECT u.id, lower(TG_OP), TG_TABLE_NAME, changed - '{id,userId,createdAt,updatedAt}'::text[]
  FROM public.users u WHERE u.id = owner;
  RETURN NULL;
END;
$$;
REVOKE EXECUTE ON FUNCTION public.log_privacy_change() FROM PUBLIC, anon, authenticated;

CREATE OR REPLACE TRIGGER privacy_prefs_transparency AFTER INSERT OR UPDATE OR DELETE ON public.privacy_prefs
  FOR EACH ROW EXECUTE FUNCTION public.log_privacy_change();
CREATE OR REPLACE TRIGGER app_allowlist_transparency AFTER INSERT OR UPDATE OR DELETE ON public.app_allowlist
  FOR EACH ROW EXECUTE FUNCTION public.log_privacy_change();
CREATE OR REPLACE TRIGGER signal_toggles_transparency AFTER INSERT OR UPDATE OR DELETE ON public.signal_toggles
  FOR EACH ROW EXECUTE FUNCTION public.log_privacy_change();

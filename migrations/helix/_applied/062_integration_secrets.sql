-- Tokens of e-mail and calendar accounts leave their tables. The service encrypts them before they are stored;
-- the fingerprint tells whether a token changed without decrypting it.

BEGIN;

CREATE TABLE public.integration_secrets (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  email_account_id UUID UNIQUE REFERENCES public.email_accounts(id) ON DELETE CASCADE,
  calendar_account_id UUID UNIQUE REFERENCES public.calendar_accounts(id) ON DELETE CASCADE,
  ciphertext BYTEA NOT NULL,
  key_version SMALLINT NOT NULL DEFAULT 0,
  fingerprint BYTEA NOT NULL,
  expires_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT integration_secrets_one_owner CHECK (num_nonnulls(email_account_id, calendar_account_id) = 1)
);
COMMENT ON COLUMN public.integration_secrets.key_version IS '0: taken over in clear, to be encrypted by the service';

INSERT INTO public.integration_secrets (user_id, email_account_id, ciphertext, fingerprint, expires_at)
SELECT user_id, id, convert_to(refresh_token, 'UTF8'), extensions.digest(refresh_token, 'sha256'), token_expires_at
FROM public.email_accounts WHERE refresh_token IS NOT NULL
ON CONFLICT DO NOTHING;
INSERT INTO public.integration_secrets (user_id, calendar_account_id, ciphertext, fingerprint)
SELECT user_id, id, convert_to(refresh_token, 'UTF8'), extensions.digest(refresh_token, 'sha256')
FROM public.calendar_accounts WHERE refresh_token IS NOT NULL
ON CONFLICT DO NOTHING;

CREATE TRIGGER integration_secrets_set_updated_at BEFORE UPDATE ON public.integration_secrets
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();

ALTER TABLE public.integration_secrets ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON public.integration_secrets FROM anon, authenticated;

COMMIT;

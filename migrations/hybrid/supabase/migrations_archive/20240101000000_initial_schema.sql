-- The first schema: accounts, file tracking, organizations, workflows, privacy, billing, analytics.

CREATE TYPE public.user_role AS ENUM ('member', 'admin');
COMMENT ON TYPE public.user_role IS 'What an account may do beyond its own rows';
CREATE TYPE public.organization_role AS ENUM ('owner', 'admin', 'member', 'viewer');
COMMENT ON TYPE public.organization_role IS 'What a member may do in an organization';
CREATE TYPE public.file_event_type AS ENUM ('created', 'opened', 'modified', 'moved', 'deleted');
COMMENT ON TYPE public.file_event_type IS 'What happened to a file';
CREATE TYPE public.execution_status AS ENUM ('pending', 'running', 'succeeded', 'failed', 'cancelled');
COMMENT ON TYPE public.execution_status IS 'How far a workflow execution is';
CREATE TYPE public.subscription_tier AS ENUM ('free', 'pro', 'team', 'enterprise');
COMMENT ON TYPE public.subscription_tier IS 'What is paid for';
CREATE TYPE public.subscription_status AS ENUM ('trialing', 'active', 'past_due', 'canceled');
COMMENT ON TYPE public.subscription_status IS 'Whether it is paid';

CREATE TABLE public.users (
  id UUID PRIMARY KEY,
  email TEXT NOT NULL,
  name TEXT,
  "avatarUrl" TEXT,
  role public.user_role NOT NULL DEFAULT 'member',
  timezone TEXT NOT NULL DEFAULT 'UTC',
  "onboardedAt" TIMESTAMPTZ,
  "lastActiveAt" TIMESTAMPTZ,
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "updatedAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT users_email_check CHECK (email LIKE '%_@_%')
);
CREATE UNIQUE INDEX users_email_key ON public.users(email);
COMMENT ON TABLE public.users IS 'User accounts. The id is that of the account in auth.users';
COMMENT ON COLUMN public.users.id IS 'The id of the account in auth.users';
COMMENT ON COLUMN public.users.role IS 'Administrators see and change more; see is_admin';
COMMENT ON COLUMN public.users."lastActiveAt" IS 'When a client last reported something';

CREATE TABLE public.sessions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  token TEXT NOT NULL,
  "deviceName" TEXT,
  "ipAddress" TEXT,
  "userAgent" TEXT,
  "expiresAt" TIMESTAMPTZ NOT NULL,
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT sessions_expiry_check CHECK ("expiresAt" > "createdAt")
);
CREATE UNIQUE INDEX sessions_token_key ON public.sessions(token);
COMMENT ON TABLE public.sessions IS 'Authentication sessions of the desktop and web clients';
COMMENT ON COLUMN public.sessions.token IS 'A hash of the token that the client holds';
COMMENT ON COLUMN public.sessions."expiresAt" IS 'After this, the session is over';

CREATE TABLE public.events (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  "eventType" public.file_event_type NOT NULL,
  "filePath" TEXT NOT NULL,
  "fileExtension" TEXT,
  "appId" TEXT,
  "sizeBytes" BIGINT,
  metadata JSONB NOT NULL DEFAULT '{}',
  "timestamp" TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT events_size_check CHECK ("sizeBytes" >= 0)
);
COMMENT ON TABLE public.events IS 'File system events, as the desktop client reports them';
COMMENT ON COLUMN public.events."filePath" IS 'The path, or a hash of it where the user has paths redacted';
COMMENT ON COLUMN public.events."appId" IS 'The application that did it, if it is known';
COMMENT ON COLUMN public.events."sizeBytes" IS 'The size of the file after the event';

CREATE TABLE public.patterns (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  "fileExtension" TEXT NOT NULL,
  frequency INTEGER NOT NULL DEFAULT 0,
  "averageDurationMs" DOUBLE PRECISION,
  "lastAccessed" TIMESTAMPTZ,
  metadata JSONB NOT NULL DEFAULT '{}',
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "updatedAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT patterns_frequency_check CHECK (frequency >= 0)
);
CREATE UNIQUE INDEX "patterns_userId_fileExtension_key" ON public.patterns("userId", "fileExtension");
COMMENT ON TABLE public.patterns IS 'Detected file usage patterns: one for each user and file extension';
COMMENT ON COLUMN public.patterns.frequency IS 'How often files with this extension were used';
COMMENT ON COLUMN public.patterns."averageDurationMs" IS 'How long they were used, in milliseconds';
COMMENT ON COLUMN public.patterns."lastAccessed" IS 'When one of them was last used';

CREATE TABLE public.relationships (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  "sourceFile" TEXT NOT NULL,
  "targetFile" TEXT NOT NULL,
  "relationType" TEXT NOT NULL DEFAULT 'used_with',
  strength DOUBLE PRECISION NOT NULL DEFAULT 0,
  occurrences INTEGER NOT NULL DEFAULT 1,
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "updatedAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT relationships_strength_check CHECK (strength BETWEEN 0 AND 1),
  CONSTRAINT relationships_files_check CHECK ("sourceFile" <> "targetFile")
);
CREATE UNIQUE INDEX "relationships_userId_sourceFile_targetFile_relationType_key"
  ON public.relationships("userId", "sourceFile", "targetFile", "relationType");
COMMENT ON TABLE public.relationships IS 'File-to-file relationships: files that are used together';
COMMENT ON COLUMN public.relationships.strength IS 'From 0, seldom together, to 1, always';
COMMENT ON COLUMN public.relationships.occurrences IS 'How often both were used together';

CREATE TABLE public.organizations (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "ownerId" UUID NOT NULL REFERENCES public.users(id) ON DELETE RESTRICT ON UPDATE CASCADE,
  name TEXT NOT NULL,
  slug TEXT NOT NULL,
  tier public.subscription_tier NOT NULL DEFAULT 'free',
  settings JSONB NOT NULL DEFAULT '{}',
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "updatedAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT organizations_slug_check CHECK (slug ~ '^[a-z0-9][a-z0-9-]*$')
);
CREATE UNIQUE INDEX organizations_slug_key ON public.organizations(slug);
COMMENT ON TABLE public.organizations IS 'Organizations that share workflows';
COMMENT ON COLUMN public.organizations.slug IS 'The name in addresses';
COMMENT ON COLUMN public.organizations."ownerId" IS 'Whoever founded it; cannot be deleted before it is handed over';

CREATE TABLE public.organization_members (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "organizationId" UUID NOT NULL REFERENCES public.organizations(id) ON DELETE CASCADE ON UPDATE CASCADE,
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  role public.organization_role NOT NULL DEFAULT 'member',
  "invitedById" UUID REFERENCES public.users(id) ON DELETE SET NULL ON UPDATE CASCADE,
  "joinedAt" TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX "organization_members_organizationId_userId_key"
  ON public.organization_members("organizationId", "userId");
COMMENT ON TABLE public.organization_members IS 'Organization membership';
COMMENT ON COLUMN public.organization_members."invitedById" IS 'Null if nobody invited the member, or is gone';

CREATE TABLE public.workflows (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  "organizationId" UUID REFERENCES public.organizations(id) ON DELETE CASCADE ON UPDATE CASCADE,
  name TEXT NOT NULL,
  description TEXT,
  definition JSONB NOT NULL DEFAULT '{}',
  "isActive" BOOLEAN NOT NULL DEFAULT true,
  version INTEGER NOT NULL DEFAULT 1,
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "updatedAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT workflows_version_check CHECK (version > 0)
);
COMMENT ON TABLE public.workflows IS 'Workflow definitions, of a user or of an organization';
COMMENT ON COLUMN public.workflows."organizationId" IS 'Null if the workflow belongs to its user alone';
COMMENT ON COLUMN public.workflows.definition IS 'Triggers, steps and conditions';
COMMENT ON COLUMN public.workflows.version IS 'The version of the format of the definition';

CREATE TABLE public.workflow_versions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "workflowId" UUID NOT NULL REFERENCES public.workflows(id) ON DELETE CASCADE ON UPDATE CASCADE,
  version INTEGER NOT NULL,
  definition JSONB NOT NULL,
  "createdById" UUID REFERENCES public.users(id) ON DELETE SET NULL ON UPDATE CASCADE,
  "changeNote" TEXT,
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX "workflow_versions_workflowId_version_key" ON public.workflow_versions("workflowId", version);
COMMENT ON TABLE public.workflow_versions IS 'Workflow version history, kept by a trigger on workflows';
COMMENT ON COLUMN public.workflow_versions.version IS 'Counts from 1 in each workflow';
COMMENT ON COLUMN public.workflow_versions."changeNote" IS 'What its author said about the change';

CREATE TABLE public.privacy_prefs (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  "telemetryEnabled" BOOLEAN NOT NULL DEFAULT false,
  "redactFilePaths" BOOLEAN NOT NULL DEFAULT true,
  "shareAggregates" BOOLEAN NOT NULL DEFAULT false,
  "dataRetentionDays" INTEGER NOT NULL DEFAULT 90,
  "consentVersion" TEXT,
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "updatedAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT privacy_prefs_retention_check CHECK ("dataRetentionDays" BETWEEN 1 AND 3650)
);
CREATE UNIQUE INDEX "privacy_prefs_userId_key" ON public.privacy_prefs("userId");
COMMENT ON TABLE public.privacy_prefs IS 'User privacy preferences. Nothing is recorded of somebody who has none';
COMMENT ON COLUMN public.privacy_prefs."telemetryEnabled" IS 'False until the user agrees';
COMMENT ON COLUMN public.privacy_prefs."redactFilePaths" IS 'Whether paths leave the device as hashes';
COMMENT ON COLUMN public.privacy_prefs."dataRetentionDays" IS 'How long the user wants data to be kept';
COMMENT ON COLUMN public.privacy_prefs."consentVersion" IS 'The text that the user agreed to';

CREATE TABLE public.app_allowlist (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  "appId" TEXT NOT NULL,
  "appName" TEXT NOT NULL,
  "isAllowed" BOOLEAN NOT NULL DEFAULT true,
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX "app_allowlist_userId_appId_key" ON public.app_allowlist("userId", "appId");
COMMENT ON TABLE public.app_allowlist IS 'App-level permissions: which applications may be observed';
COMMENT ON COLUMN public.app_allowlist."appId" IS 'As the operating system names the application';
COMMENT ON COLUMN public.app_allowlist."isAllowed" IS 'False keeps an application out for good';

CREATE TABLE public.signal_toggles (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  "signalKey" TEXT NOT NULL,
  "isEnabled" BOOLEAN NOT NULL DEFAULT false,
  "samplingRate" DOUBLE PRECISION NOT NULL DEFAULT 1,
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "updatedAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT signal_toggles_rate_check CHECK ("samplingRate" BETWEEN 0 AND 1)
);
CREATE UNIQUE INDEX "signal_toggles_userId_signalKey_key" ON public.signal_toggles("userId", "signalKey");
COMMENT ON TABLE public.signal_toggles IS 'Granular signal controls: which signals are sent, and how often';
COMMENT ON COLUMN public.signal_toggles."signalKey" IS 'The kind of signal, such as clipboard or window_focus';
COMMENT ON COLUMN public.signal_toggles."samplingRate" IS 'The share of signals that is sent, from 0 to 1';

CREATE TABLE public.offers (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  tier public.subscription_tier NOT NULL,
  "priceCents" INTEGER NOT NULL,
  currency TEXT NOT NULL DEFAULT 'usd',
  "discountPercent" NUMERIC(5, 2),
  "isActive" BOOLEAN NOT NULL DEFAULT true,
  "startsAt" TIMESTAMPTZ,
  "endsAt" TIMESTAMPTZ,
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT offers_price_check CHECK ("priceCents" >= 0),
  CONSTRAINT offers_discount_check CHECK ("discountPercent" BETWEEN 0 AND 100),
  CONSTRAINT offers_period_check CHECK ("endsAt" > "startsAt")
);
CREATE UNIQUE INDEX offers_code_key ON public.offers(code);
COMMENT ON TABLE public.offers IS 'Pricing offers';
COMMENT ON COLUMN public.offers.code IS 'What a client sends to buy it';
COMMENT ON COLUMN public.offers."endsAt" IS 'Null if the offer has no end';
COMMENT ON COLUMN public.offers."priceCents" IS 'For a month, in hundredths of the currency';
COMMENT ON COLUMN public.offers."discountPercent" IS 'Off the price, while the offer runs';

CREATE TABLE public.subscriptions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  "offerId" UUID REFERENCES public.offers(id) ON DELETE SET NULL ON UPDATE CASCADE,
  tier public.subscription_tier NOT NULL DEFAULT 'free',
  status public.subscription_status NOT NULL DEFAULT 'active',
  "stripeCustomerId" TEXT,
  "stripeSubscriptionId" TEXT,
  "currentPeriodStart" TIMESTAMPTZ,
  "currentPeriodEnd" TIMESTAMPTZ,
  "cancelAtPeriodEnd" BOOLEAN NOT NULL DEFAULT false,
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "updatedAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT subscriptions_period_check CHECK ("currentPeriodEnd" > "currentPeriodStart")
);
CREATE UNIQUE INDEX "subscriptions_stripeSubscriptionId_key" ON public.subscriptions("stripeSubscriptionId");
COMMENT ON TABLE public.subscriptions IS 'User subscriptions, as the payment provider reports them';
COMMENT ON COLUMN public.subscriptions.tier IS 'What the user has now, whatever the offer was';
COMMENT ON COLUMN public.subscriptions."offerId" IS 'What it was bought with';
COMMENT ON COLUMN public.subscriptions."stripeCustomerId" IS 'The customer at the payment provider';
COMMENT ON COLUMN public.subscriptions."cancelAtPeriodEnd" IS 'Whether it ends with the current period';

CREATE TABLE public.feature_flags (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  key TEXT NOT NULL,
  description TEXT,
  "isEnabled" BOOLEAN NOT NULL DEFAULT false,
  "rolloutPercentage" INTEGER NOT NULL DEFAULT 100,
  conditions JSONB NOT NULL DEFAULT '{}',
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "updatedAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT feature_flags_rollout_check CHECK ("rolloutPercentage" BETWEEN 0 AND 100)
);
CREATE UNIQUE INDEX feature_flags_key_key ON public.feature_flags(key);
COMMENT ON TABLE public.feature_flags IS 'Feature flags';
COMMENT ON COLUMN public.feature_flags.key IS 'What is_feature_enabled is asked for';
COMMENT ON COLUMN public.feature_flags."rolloutPercentage" IS 'The share of users that it is on for';
COMMENT ON COLUMN public.feature_flags.conditions IS 'What else must hold; read by the application';

CREATE TABLE public.utm_tracks (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID REFERENCES public.users(id) ON DELETE SET NULL ON UPDATE CASCADE,
  "visitorId" TEXT,
  source TEXT NOT NULL,
  medium TEXT,
  campaign TEXT,
  term TEXT,
  content TEXT,
  "landingPage" TEXT,
  "firstSeenAt" TIMESTAMPTZ NOT NULL DEFAULT now()
);
COMMENT ON TABLE public.utm_tracks IS 'UTM tracking: where somebody came from';
COMMENT ON COLUMN public.utm_tracks."landingPage" IS 'The first page, without its query';
COMMENT ON COLUMN public.utm_tracks."visitorId" IS 'A random number of the browser, before there is a user';

CREATE TABLE public.cohorts (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  "cohortName" TEXT NOT NULL,
  "cohortDate" DATE NOT NULL,
  metadata JSONB NOT NULL DEFAULT '{}',
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX "cohorts_userId_cohortName_key" ON public.cohorts("userId", "cohortName");
COMMENT ON TABLE public.cohorts IS 'Cohort analysis: which group of users somebody belongs to';
COMMENT ON COLUMN public.cohorts."cohortName" IS 'Such as the week or the campaign of the sign-up';
COMMENT ON COLUMN public.cohorts."cohortDate" IS 'The first day of the cohort';

CREATE TABLE public.user_integrations (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  provider TEXT NOT NULL,
  "externalId" TEXT,
  "tokenReference" TEXT,
  scopes TEXT[] NOT NULL DEFAULT '{}',
  "isActive" BOOLEAN NOT NULL DEFAULT true,
  metadata JSONB NOT NULL DEFAULT '{}',
  "connectedAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "lastSyncedAt" TIMESTAMPTZ
);
CREATE UNIQUE INDEX "user_integrations_userId_provider_key" ON public.user_integrations("userId", provider);
COMMENT ON TABLE public.user_integrations
  IS 'Third-party integrations. Tokens are in the vault; here is only their name';
COMMENT ON COLUMN public.user_integrations."tokenReference" IS 'The name of the token in the vault';
COMMENT ON COLUMN public.user_integrations.scopes IS 'What the user granted';

CREATE OR REPLACE FUNCTION public.set_updated_at() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  NEW."updatedAt" := now();
  RETURN NEW;
END;
$$;

CREATE OR REPLACE TRIGGER users_set_updated_at BEFORE UPDATE ON public.users
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE OR REPLACE TRIGGER patterns_set_updated_at BEFORE UPDATE ON public.patterns
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE OR REPLACE TRIGGER relationships_set_updated_at BEFORE UPDATE ON public.relationships
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE OR REPLACE TRIGGER organizations_set_updated_at BEFORE UPDATE ON public.organizations
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE OR REPLACE TRIGGER workflows_set_updated_at BEFORE UPDATE ON public.workflows
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE OR REPLACE TRIGGER privacy_prefs_set_updated_at BEFORE UPDATE ON public.privacy_prefs
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE OR REPLACE TRIGGER signal_toggles_set_updated_at BEFORE UPDATE ON public.signal_toggles
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE OR REPLACE TRIGGER subscriptions_set_updated_at BEFORE UPDATE ON public.subscriptions
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE OR REPLACE TRIGGER feature_flags_set_updated_at BEFORE UPDATE ON public.feature_flags
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();

-- Every account of auth.users gets its user and privacy preferences that permit nothing.
CREATE OR REPLACE FUNCTION public.handle_new_user() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  IF NEW.email IS NULL THEN
    RETURN NEW;
  END IF;
  INSERT INTO public.users (id, email, name, "avatarUrl")
  VALUES (NEW.id, NEW.email, NEW.raw_user_meta_data ->> 'full_name', NEW.raw_user_meta_data ->> 'avatar_url')
  ON CONFLICT (id) DO NOTHING;
  INSERT INTO public.privacy_prefs ("userId") VALUES (NEW.id) ON CONFLICT ("userId") DO NOTHING;
  RETURN NEW;
END;
$$;
REVOKE EXECUTE ON FUNCTION public.handle_new_user() FROM PUBLIC, anon, authenticated;

CREATE OR REPLACE TRIGGER on_auth_user_created AFTER INSERT ON auth.users
  FOR EACH ROW EXECUTE FUNCTION public.handle_new_user();

ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.events ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.patterns ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.relationships ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.organizations ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.organization_members ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.workflows ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.workflow_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.privacy_prefs ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.app_allowlist ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.signal_toggles ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.offers ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.subscriptions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.feature_flags ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.utm_tracks ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.cohorts ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.user_integrations ENABLE ROW LEVEL SECURITY;

-- Everybody's own rows.
DO $$
DECLARE
  relation TEXT;
BEGIN
  FOREACH relation IN ARRAY ARRAY[
    'sessions', 'events', 'patterns', 'relationships', 'organization_members', 'workflows', 'privacy_prefs',
    'app_allowlist', 'signal_toggles', 'subscriptions', 'utm_tracks', 'cohorts', 'user_integrations'
  ]
  LOOP
    EXECUTE format(
      'CREATE POLICY %I ON public.%I FOR ALL USING (auth.uid() = "userId")', relation || '_own_rows', relation);
  END LOOP;
END $$;

INSERT INTO public.feature_flags (key, description, "isEnabled", "rolloutPercentage") VALUES
  ('pattern_detection', 'Detect patterns in file usage', true, 100),
  ('workflow_suggestions', 'Suggest workflows from patterns', true, 25),
  ('organization_workflows', 'Share workflows in an organization', true, 100),
  ('nps_survey', 'Ask how likely somebody is to recommend the product', false, 0)
ON CONFLICT (key) DO NOTHING;

INSERT INTO public.offers (code, name, tier, "priceCents") VALUES
  ('FREE', 'Free', 'free', 0),
  ('PRO', 'Pro', 'pro', 1200),
  ('TEAM', 'Team', 'team', 4900)
ON CONFLICT (code) DO NOTHING;

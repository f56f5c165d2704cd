-- The master schema: builds an empty database to the final state in one go. It consolidates what the files of
-- supabase/migrations_archive did, which are kept for reference and never run:
--
--   20240101000000_initial_schema                   types, first tables, accounts
--   20240101000001_validation_queries               (changes nothing)
--   20240101000002_enhanced_policies                administrators and members of organizations
--   20240101000003_privacy_monitoring               transparency log, second factors
--   20250101000000_performance_indexes              indexes on what is filtered and joined by
--   20250106000000_metrics_log                      system metrics
--   20250110000000_consolidated_rls_policies        policies by command and role
--   20250115000000_activation_analytics_indexes     from sign-up to the first workflow
--   2025-11-05_telemetry, 2025-11-05_trust_audit    telemetry by consent, audit logs
--   20251105_crux_hardening, 20251105_workflow_runs retention, privileges, executions
--   000000000800_upsert_functions                   what the sync service calls
--
-- A database that these files have built is left as it is; it gets the table of NPS submissions alone.
--
-- Safe to run again: whatever is there already is left, functions and policies are set to what stands here.
-- Columns are in camelCase and quoted, as prisma/schema.prisma names them. What Prisma has no words for (row-level
-- security, functions, triggers, check constraints) is only here.

-- 1. Types

DO $$
BEGIN
  IF to_regtype('public.user_role') IS NULL THEN
    CREATE TYPE public.user_role AS ENUM ('member', 'admin');
  END IF;
END $$;
COMMENT ON TYPE public.user_role IS 'What an account may do beyond its own rows';

DO $$
BEGIN
  IF to_regtype('public.organization_role') IS NULL THEN
    CREATE TYPE public.organization_role AS ENUM ('owner', 'admin', 'member', 'viewer');
  END IF;
END $$;
COMMENT ON TYPE public.organization_role IS 'What a member may do in an organization';

DO $$
BEGIN
  IF to_regtype('public.file_event_type') IS NULL THEN
    CREATE TYPE public.file_event_type AS ENUM ('created', 'opened', 'modified', 'moved', 'deleted');
  END IF;
END $$;
COMMENT ON TYPE public.file_event_type IS 'What happened to a file';

DO $$
BEGIN
  IF to_regtype('public.execution_status') IS NULL THEN
    CREATE TYPE public.execution_status AS ENUM ('pending', 'running', 'succeeded', 'failed', 'cancelled');
  END IF;
END $$;
COMMENT ON TYPE public.execution_status IS 'How far a workflow execution is';

DO $$
BEGIN
  IF to_regtype('public.subscription_tier') IS NULL THEN
    CREATE TYPE public.subscription_tier AS ENUM ('free', 'pro', 'team', 'enterprise');
  END IF;
END $$;
COMMENT ON TYPE public.subscription_tier IS 'What is paid for';

DO $$
BEGIN
  IF to_regtype('public.subscription_status') IS NULL THEN
    CREATE TYPE public.subscription_status AS ENUM ('trialing', 'active', 'past_due', 'canceled');
  END IF;
END $$;
COMMENT ON TYPE public.subscription_status IS 'Whether it is paid';

-- 2. Tables and indexes
-- Users and authentication
-- User accounts. The id is that of the account in auth.users.
CREATE TABLE IF NOT EXISTS public.users (
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
CREATE UNIQUE INDEX IF NOT EXISTS users_email_key ON public.users(email);
COMMENT ON TABLE public.users IS 'User accounts. The id is that of the account in auth.users';
COMMENT ON COLUMN public.users.id IS 'The id of the account in auth.users';
COMMENT ON COLUMN public.users.role IS 'Administrators see and change more; see is_admin';
COMMENT ON COLUMN public.users."lastActiveAt" IS 'When a client last reported something';

-- Authentication sessions of the desktop and web clients.
CREATE TABLE IF NOT EXISTS public.sessions (
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
CREATE UNIQUE INDEX IF NOT EXISTS sessions_token_key ON public.sessions(token);
CREATE INDEX IF NOT EXISTS "sessions_userId_idx" ON public.sessions("userId");
COMMENT ON TABLE public.sessions IS 'Authentication sessions of the desktop and web clients';
COMMENT ON COLUMN public.sessions.token IS 'A hash of the token that the client holds';
COMMENT ON COLUMN public.sessions."expiresAt" IS 'After this, the session is over';

-- Sessions that had to pass a second factor, and when they did.
CREATE TABLE IF NOT EXISTS public.mfa_enforced_sessions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  "sessionId" UUID NOT NULL REFERENCES public.sessions(id) ON DELETE CASCADE ON UPDATE CASCADE,
  method TEXT NOT NULL DEFAULT 'totp',
  "verifiedAt" TIMESTAMPTZ,
  "expiresAt" TIMESTAMPTZ NOT NULL,
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT mfa_enforced_sessions_method_check CHECK (method IN ('totp', 'webauthn', 'sms'))
);
CREATE UNIQUE INDEX IF NOT EXISTS "mfa_enforced_sessions_sessionId_key" ON public.mfa_enforced_sessions("sessionId");
CREATE INDEX IF NOT EXISTS "mfa_enforced_sessions_userId_idx" ON public.mfa_enforced_sessions("userId");
COMMENT ON TABLE public.mfa_enforced_sessions IS 'Sessions that had to pass a second factor, and when they did';
COMMENT ON COLUMN public.mfa_enforced_sessions."verifiedAt" IS 'Null until the second factor was given';

-- File tracking
-- File system events, as the desktop client reports them.
CREATE TABLE IF NOT EXISTS public.events (
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
CREATE INDEX IF NOT EXISTS "events_userId_timestamp_idx" ON public.events("userId", "timestamp");
CREATE INDEX IF NOT EXISTS "events_filePath_idx" ON public.events("filePath");
COMMENT ON TABLE public.events IS 'File system events, as the desktop client reports them';
COMMENT ON COLUMN public.events."filePath" IS 'The path, or a hash of it where the user has paths redacted';
COMMENT ON COLUMN public.events."appId" IS 'The application that did it, if it is known';
COMMENT ON COLUMN public.events."sizeBytes" IS 'The size of the file after the event';

-- Detected file usage patterns: one for each user and file extension.
CREATE TABLE IF NOT EXISTS public.patterns (
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
CREATE UNIQUE INDEX IF NOT EXISTS "patterns_userId_fileExtension_key" ON public.patterns("userId", "fileExtension");
CREATE INDEX IF NOT EXISTS "patterns_userId_idx" ON public.patterns("userId");
COMMENT ON TABLE public.patterns IS 'Detected file usage patterns: one for each user and file extension';
COMMENT ON COLUMN public.patterns.frequency IS 'How often files with this extension were used';
COMMENT ON COLUMN public.patterns."averageDurationMs" IS 'How long they were used, in milliseconds';
COMMENT ON COLUMN public.patterns."lastAccessed" IS 'When one of them was last used';

-- File-to-file relationships: files that are used together.
CREATE TABLE IF NOT EXISTS public.relationships (
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
CREATE UNIQUE INDEX IF NOT EXISTS "relationships_userId_sourceFile_targetFile_relationType_key"
  ON public.relationships("userId", "sourceFile", "targetFile", "relationType");
CREATE INDEX IF NOT EXISTS "relationships_userId_idx" ON public.relationships("userId");
COMMENT ON TABLE public.relationships IS 'File-to-file relationships: files that are used together';
COMMENT ON COLUMN public.relationships.strength IS 'From 0, seldom together, to 1, always';
COMMENT ON COLUMN public.relationships.occurrences IS 'How often both were used together';

-- Organizations and workflows
-- Organizations that share workflows.
CREATE TABLE IF NOT EXISTS public.organizations (
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
CREATE UNIQUE INDEX IF NOT EXISTS organizations_slug_key ON public.organizations(slug);
CREATE INDEX IF NOT EXISTS "organizations_ownerId_idx" ON public.organizations("ownerId");
COMMENT ON TABLE public.organizations IS 'Organizations that share workflows';
COMMENT ON COLUMN public.organizations.slug IS 'The name in addresses';
COMMENT ON COLUMN public.organizations."ownerId" IS 'Whoever founded it; cannot be deleted before it is handed over';

-- Organization membership.
CREATE TABLE IF NOT EXISTS public.organization_members (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "organizationId" UUID NOT NULL REFERENCES public.organizations(id) ON DELETE CASCADE ON UPDATE CASCADE,
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  role public.organization_role NOT NULL DEFAULT 'member',
  "invitedById" UUID REFERENCES public.users(id) ON DELETE SET NULL ON UPDATE CASCADE,
  "joinedAt" TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX IF NOT EXISTS "organization_members_organizationId_userId_key"
  ON public.organization_members("organizationId", "userId");
CREATE INDEX IF NOT EXISTS "organization_members_userId_idx" ON public.organization_members("userId");
CREATE INDEX IF NOT EXISTS "organization_members_invitedById_idx" ON public.organization_members("invitedById");
COMMENT ON TABLE public.organization_members IS 'Organization membership';
COMMENT ON COLUMN public.organization_members."invitedById" IS 'Null if nobody invited the member, or is gone';

-- Workflow definitions, of a user or of an organization.
CREATE TABLE IF NOT EXISTS public.workflows (
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
CREATE INDEX IF NOT EXISTS "workflows_userId_idx" ON public.workflows("userId");
CREATE INDEX IF NOT EXISTS "workflows_organizationId_idx" ON public.workflows("organizationId");
CREATE INDEX IF NOT EXISTS "workflows_isActive_idx" ON public.workflows("isActive");
COMMENT ON TABLE public.workflows IS 'Workflow definitions, of a user or of an organization';
COMMENT ON COLUMN public.workflows."organizationId" IS 'Null if the workflow belongs to its user alone';
COMMENT ON COLUMN public.workflows.definition IS 'Triggers, steps and conditions';
COMMENT ON COLUMN public.workflows.version IS 'The version of the format of the definition';

-- Workflow version history, kept by a trigger on workflows.
CREATE TABLE IF NOT EXISTS public.workflow_versions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "workflowId" UUID NOT NULL REFERENCES public.workflows(id) ON DELETE CASCADE ON UPDATE CASCADE,
  version INTEGER NOT NULL,
  definition JSONB NOT NULL,
  "createdById" UUID REFERENCES public.users(id) ON DELETE SET NULL ON UPDATE CASCADE,
  "changeNote" TEXT,
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX IF NOT EXISTS "workflow_versions_workflowId_version_key"
  ON public.workflow_versions("workflowId", version);
CREATE INDEX IF NOT EXISTS "workflow_versions_createdById_idx" ON public.workflow_versions("createdById");
COMMENT ON TABLE public.workflow_versions IS 'Workflow version history, kept by a trigger on workflows';
COMMENT ON COLUMN public.workflow_versions.version IS 'Counts from 1 in each workflow';
COMMENT ON COLUMN public.workflow_versions."changeNote" IS 'What its author said about the change';

-- Workflow execution logs.
CREATE TABLE IF NOT EXISTS public.workflow_executions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "workflowId" UUID NOT NULL REFERENCES public.workflows(id) ON DELETE CASCADE ON UPDATE CASCADE,
  "userId" UUID REFERENCES public.users(id) ON DELETE SET NULL ON UPDATE CASCADE,
  status public.execution_status NOT NULL DEFAULT 'pending',
  "triggeredBy" TEXT NOT NULL DEFAULT 'manual',
  input JSONB NOT NULL DEFAULT '{}',
  output JSONB,
  error TEXT,
  attempts INTEGER NOT NULL DEFAULT 1,
  "startedAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "completedAt" TIMESTAMPTZ,
  "durationMs" INTEGER,
  CONSTRAINT workflow_executions_completed_check CHECK ("completedAt" >= "startedAt")
);
CREATE INDEX IF NOT EXISTS "workflow_executions_workflowId_idx" ON public.workflow_executions("workflowId");
CREATE INDEX IF NOT EXISTS "workflow_executions_userId_idx" ON public.workflow_executions("userId");
CREATE INDEX IF NOT EXISTS workflow_executions_status_idx ON public.workflow_executions(status);
CREATE INDEX IF NOT EXISTS "workflow_executions_startedAt_idx" ON public.workflow_executions("startedAt");
COMMENT ON TABLE public.workflow_executions IS 'Workflow execution logs';
COMMENT ON COLUMN public.workflow_executions."triggeredBy"
  IS 'manual, schedule, event, or the name of another workflow';
COMMENT ON COLUMN public.workflow_executions."durationMs" IS 'From start to end, in milliseconds';
COMMENT ON COLUMN public.workflow_executions.error IS 'Why it failed';

-- Privacy and compliance
-- User privacy preferences. Nothing is recorded of somebody who has none.
CREATE TABLE IF NOT EXISTS public.privacy_prefs (
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
CREATE UNIQUE INDEX IF NOT EXISTS "privacy_prefs_userId_key" ON public.privacy_prefs("userId");
COMMENT ON TABLE public.privacy_prefs IS 'User privacy preferences. Nothing is recorded of somebody who has none';
COMMENT ON COLUMN public.privacy_prefs."telemetryEnabled" IS 'False until the user agrees';
COMMENT ON COLUMN public.privacy_prefs."redactFilePaths" IS 'Whether paths leave the device as hashes';
COMMENT ON COLUMN public.privacy_prefs."dataRetentionDays" IS 'How long the user wants data to be kept';
COMMENT ON COLUMN public.privacy_prefs."consentVersion" IS 'The text that the user agreed to';

-- App-level permissions: which applications may be observed.
CREATE TABLE IF NOT EXISTS public.app_allowlist (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  "appId" TEXT NOT NULL,
  "appName" TEXT NOT NULL,
  "isAllowed" BOOLEAN NOT NULL DEFAULT true,
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX IF NOT EXISTS "app_allowlist_userId_appId_key" ON public.app_allowlist("userId", "appId");
COMMENT ON TABLE public.app_allowlist IS 'App-level permissions: which applications may be observed';
COMMENT ON COLUMN public.app_allowlist."appId" IS 'As the operating system names the application';
COMMENT ON COLUMN public.app_allowlist."isAllowed" IS 'False keeps an application out for good';

-- Granular signal controls: which signals are sent, and how often.
CREATE TABLE IF NOT EXISTS public.signal_toggles (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  "signalKey" TEXT NOT NULL,
  "isEnabled" BOOLEAN NOT NULL DEFAULT false,
  "samplingRate" DOUBLE PRECISION NOT NULL DEFAULT 1,
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "updatedAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT signal_toggles_rate_check CHECK ("samplingRate" BETWEEN 0 AND 1)
);
CREATE UNIQUE INDEX IF NOT EXISTS "signal_toggles_userId_signalKey_key"
  ON public.signal_toggles("userId", "signalKey");
COMMENT ON TABLE public.signal_toggles IS 'Granular signal controls: which signals are sent, and how often';
COMMENT ON COLUMN public.signal_toggles."signalKey" IS 'The kind of signal, such as clipboard or window_focus';
COMMENT ON COLUMN public.signal_toggles."samplingRate" IS 'The share of signals that is sent, from 0 to 1';

-- Privacy-first telemetry: written only by record_telemetry, which asks the preferences first.
CREATE TABLE IF NOT EXISTS public.telemetry_events (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  "appId" TEXT NOT NULL,
  "eventType" TEXT NOT NULL,
  "durationMs" INTEGER,
  metadata JSONB NOT NULL DEFAULT '{}',
  "timestamp" TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS "telemetry_events_userId_timestamp_idx" ON public.telemetry_events("userId", "timestamp");
CREATE INDEX IF NOT EXISTS "telemetry_events_appId_idx" ON public.telemetry_events("appId");
CREATE INDEX IF NOT EXISTS telemetry_events_timestamp_idx ON public.telemetry_events("timestamp");
COMMENT ON TABLE public.telemetry_events
  IS 'Privacy-first telemetry: written only by record_telemetry, which asks the preferences first';
COMMENT ON COLUMN public.telemetry_events."appId" IS 'An application that the user allows';
COMMENT ON COLUMN public.telemetry_events.metadata IS 'Never contents, never paths';

-- Privacy audit trail: what was changed about what is observed, for the user to read.
CREATE TABLE IF NOT EXISTS public.privacy_transparency_log (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  action TEXT NOT NULL,
  resource TEXT NOT NULL,
  details JSONB NOT NULL DEFAULT '{}',
  "timestamp" TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS "privacy_transparency_log_userId_timestamp_idx"
  ON public.privacy_transparency_log("userId", "timestamp");
COMMENT ON TABLE public.privacy_transparency_log
  IS 'Privacy audit trail: what was changed about what is observed, for the user to read';
COMMENT ON COLUMN public.privacy_transparency_log.resource IS 'The table that was changed';
COMMENT ON COLUMN public.privacy_transparency_log.details IS 'The row after the change, or before its deletion';

-- General audit logging, written by triggers.
CREATE TABLE IF NOT EXISTS public.audit_logs (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID REFERENCES public.users(id) ON DELETE SET NULL ON UPDATE CASCADE,
  action TEXT NOT NULL,
  resource TEXT NOT NULL,
  "resourceId" TEXT,
  before JSONB,
  after JSONB,
  "ipAddress" TEXT,
  "timestamp" TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS "audit_logs_userId_idx" ON public.audit_logs("userId");
CREATE INDEX IF NOT EXISTS "audit_logs_resource_resourceId_idx" ON public.audit_logs(resource, "resourceId");
CREATE INDEX IF NOT EXISTS audit_logs_timestamp_idx ON public.audit_logs("timestamp");
COMMENT ON TABLE public.audit_logs IS 'General audit logging, written by triggers';
COMMENT ON COLUMN public.audit_logs."userId" IS 'Null if a service did it, or the user is gone';
COMMENT ON COLUMN public.audit_logs."resourceId" IS 'The id of the row';
COMMENT ON COLUMN public.audit_logs.before IS 'The row before; null if it is new';
COMMENT ON COLUMN public.audit_logs.after IS 'The row after; null if it is gone';

-- Data retention policies: how long the rows of a table are kept.
CREATE TABLE IF NOT EXISTS public.retention_policies (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "tableName" TEXT NOT NULL,
  "timestampColumn" TEXT NOT NULL DEFAULT 'timestamp',
  "retentionDays" INTEGER NOT NULL,
  "isActive" BOOLEAN NOT NULL DEFAULT true,
  "lastRunAt" TIMESTAMPTZ,
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "updatedAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT retention_policies_days_check CHECK ("retentionDays" > 0)
);
CREATE UNIQUE INDEX IF NOT EXISTS "retention_policies_tableName_key" ON public.retention_policies("tableName");
COMMENT ON TABLE public.retention_policies IS 'Data retention policies: how long the rows of a table are kept';
COMMENT ON COLUMN public.retention_policies."tableName" IS 'A table of this schema';
COMMENT ON COLUMN public.retention_policies."timestampColumn" IS 'The column that tells how old a row is';
COMMENT ON COLUMN public.retention_policies."lastRunAt" IS 'When it was last applied';

-- Billing and subscriptions
-- Pricing offers.
CREATE TABLE IF NOT EXISTS public.offers (
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
CREATE UNIQUE INDEX IF NOT EXISTS offers_code_key ON public.offers(code);
CREATE INDEX IF NOT EXISTS "offers_isActive_idx" ON public.offers("isActive");
COMMENT ON TABLE public.offers IS 'Pricing offers';
COMMENT ON COLUMN public.offers.code IS 'What a client sends to buy it';
COMMENT ON COLUMN public.offers."endsAt" IS 'Null if the offer has no end';
COMMENT ON COLUMN public.offers."priceCents" IS 'For a month, in hundredths of the currency';
COMMENT ON COLUMN public.offers."discountPercent" IS 'Off the price, while the offer runs';

-- User subscriptions, as the payment provider reports them.
CREATE TABLE IF NOT EXISTS public.subscriptions (
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
CREATE UNIQUE INDEX IF NOT EXISTS "subscriptions_stripeSubscriptionId_key"
  ON public.subscriptions("stripeSubscriptionId");
CREATE INDEX IF NOT EXISTS "subscriptions_userId_idx" ON public.subscriptions("userId");
CREATE INDEX IF NOT EXISTS "subscriptions_offerId_idx" ON public.subscriptions("offerId");
CREATE INDEX IF NOT EXISTS subscriptions_status_idx ON public.subscriptions(status);
COMMENT ON TABLE public.subscriptions IS 'User subscriptions, as the payment provider reports them';
COMMENT ON COLUMN public.subscriptions.tier IS 'What the user has now, whatever the offer was';
COMMENT ON COLUMN public.subscriptions."offerId" IS 'What it was bought with';
COMMENT ON COLUMN public.subscriptions."stripeCustomerId" IS 'The customer at the payment provider';
COMMENT ON COLUMN public.subscriptions."cancelAtPeriodEnd" IS 'Whether it ends with the current period';

-- Feature flags.
CREATE TABLE IF NOT EXISTS public.feature_flags (
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
CREATE UNIQUE INDEX IF NOT EXISTS feature_flags_key_key ON public.feature_flags(key);
COMMENT ON TABLE public.feature_flags IS 'Feature flags';
COMMENT ON COLUMN public.feature_flags.key IS 'What is_feature_enabled is asked for';
COMMENT ON COLUMN public.feature_flags."rolloutPercentage" IS 'The share of users that it is on for';
COMMENT ON COLUMN public.feature_flags.conditions IS 'What else must hold; read by the application';

-- Analytics
-- UTM tracking: where somebody came from.
CREATE TABLE IF NOT EXISTS public.utm_tracks (
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
CREATE INDEX IF NOT EXISTS "utm_tracks_userId_idx" ON public.utm_tracks("userId");
CREATE INDEX IF NOT EXISTS utm_tracks_source_campaign_idx ON public.utm_tracks(source, campaign);
CREATE INDEX IF NOT EXISTS "utm_tracks_firstSeenAt_idx" ON public.utm_tracks("firstSeenAt");
COMMENT ON TABLE public.utm_tracks IS 'UTM tracking: where somebody came from';
COMMENT ON COLUMN public.utm_tracks."landingPage" IS 'The first page, without its query';
COMMENT ON COLUMN public.utm_tracks."visitorId" IS 'A random number of the browser, before there is a user';

-- Cohort analysis: which group of users somebody belongs to.
CREATE TABLE IF NOT EXISTS public.cohorts (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID NOT NULL REFERENCES public.users(id) ON DELETE CASCADE ON UPDATE CASCADE,
  "cohortName" TEXT NOT NULL,
  "cohortDate" DATE NOT NULL,
  metadata JSONB NOT NULL DEFAULT '{}',
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX IF NOT EXISTS "cohorts_userId_cohortName_key" ON public.cohorts("userId", "cohortName");
CREATE INDEX IF NOT EXISTS "cohorts_cohortName_cohortDate_idx" ON public.cohorts("cohortName", "cohortDate");
COMMENT ON TABLE public.cohorts IS 'Cohort analysis: which group of users somebody belongs to';
COMMENT ON COLUMN public.cohorts."cohortName" IS 'Such as the week or the campaign of the sign-up';
COMMENT ON COLUMN public.cohorts."cohortDate" IS 'The first day of the cohort';

-- System metrics.
CREATE TABLE IF NOT EXISTS public.metrics_log (
  id BIGSERIAL PRIMARY KEY,
  metric TEXT NOT NULL,
  value DOUBLE PRECISION NOT NULL,
  tags JSONB NOT NULL DEFAULT '{}',
  "recordedAt" TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS "metrics_log_metric_recordedAt_idx" ON public.metrics_log(metric, "recordedAt");
COMMENT ON TABLE public.metrics_log IS 'System metrics';
COMMENT ON COLUMN public.metrics_log.metric IS 'Such as api.latency or queue.depth';
COMMENT ON COLUMN public.metrics_log.tags IS 'What the value was measured of';

-- NPS survey responses: how likely somebody is to recommend the product, from 0 to 10.
CREATE TABLE IF NOT EXISTS public.nps_submissions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "userId" UUID,
  score INTEGER NOT NULL,
  comment TEXT,
  source TEXT NOT NULL DEFAULT 'in_app',
  "submittedAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT nps_submissions_score_check CHECK (score BETWEEN 0 AND 10)
);

-- The table may be older than this file, and than the users.
DO $$
BEGIN
  IF to_regclass('public.users') IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM pg_constraint
    WHERE conrelid = 'public.nps_submissions'::regclass AND conname = 'nps_submissions_userId_fkey')
  THEN
    ALTER TABLE public.nps_submissions ADD CONSTRAINT "nps_submissions_userId_fkey"
      FOREIGN KEY ("userId") REFERENCES public.users(id) ON DELETE SET NULL ON UPDATE CASCADE;
  END IF;
END $$;

CREATE INDEX IF NOT EXISTS "nps_submissions_userId_idx" ON public.nps_submissions("userId");
CREATE INDEX IF NOT EXISTS "nps_submissions_submittedAt_idx" ON public.nps_submissions("submittedAt");
COMMENT ON TABLE public.nps_submissions
  IS 'NPS survey responses: how likely somebody is to recommend the product, from 0 to 10';
COMMENT ON COLUMN public.nps_submissions.score IS 'From 0, not at all likely, to 10, extremely likely';
COMMENT ON COLUMN public.nps_submissions.source IS 'Where the question was asked';

-- Integrations
-- Third-party integrations. Tokens are in the vault; here is only their name.
CREATE TABLE IF NOT EXISTS public.user_integrations (
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
CREATE UNIQUE INDEX IF NOT EXISTS "user_integrations_userId_provider_key"
  ON public.user_integrations("userId", provider);
COMMENT ON TABLE public.user_integrations
  IS 'Third-party integrations. Tokens are in the vault; here is only their name';
COMMENT ON COLUMN public.user_integrations."tokenReference" IS 'The name of the token in the vault';
COMMENT ON COLUMN public.user_integrations.scopes IS 'What the user granted';

-- 3. Functions
CREATE OR REPLACE FUNCTION public.set_updated_at() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  NEW."updatedAt" := now();
  RETURN NEW;
END;
$$;

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

-- Asked by policies, so it passes over those of the table that it asks.
CREATE OR REPLACE FUNCTION public.is_admin() RETURNS BOOLEAN
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT EXISTS (SELECT 1 FROM public.users WHERE id = auth.uid() AND role = 'admin')
$$;

CREATE OR REPLACE FUNCTION public.is_organization_member(organization UUID) RETURNS BOOLEAN
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT EXISTS (
    SELECT 1 FROM public.organization_members
    WHERE "organizationId" = organization AND "userId" = auth.uid())
$$;

-- The owner counts before there is any member: somebody must add the first one.
CREATE OR REPLACE FUNCTION public.is_organization_admin(organization UUID) RETURNS BOOLEAN
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
  SELECT EXISTS (SELECT 1 FROM public.organizations WHERE id = organization AND "ownerId" = auth.uid())
    OR EXISTS (
      SELECT 1 FROM public.organization_members
      WHERE "organizationId" = organization AND "userId" = auth.uid() AND role IN ('owner', 'admin'))
$$;

-- People change their own row, but not who they are or what they may do.
CREATE OR REPLACE FUNCTION public.guard_user_role() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  IF (NEW.role IS DISTINCT FROM OLD.role OR NEW.id IS DISTINCT FROM OLD.id)
    AND auth.uid() IS NOT NULL AND NOT public.is_admin()
  THEN
    RAISE EXCEPTION 'only an administrator changes roles' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END;
$$;

CREATE OR REPLACE FUNCTION public.upsert_pattern(
  file_extension TEXT, duration_ms DOUBLE PRECISION DEFAULT NULL, seen_at TIMESTAMPTZ DEFAULT now()
) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  INSERT INTO public.patterns AS p ("userId", "fileExtension", frequency, "averageDurationMs", "lastAccessed")
  VALUES (auth.uid(), file_extension, 1, duration_ms, seen_at)
  ON CONFLICT ("userId", "fileExtension") DO UPDATE SET
    frequency = p.frequency + 1,
    "averageDurationMs" = coalesce(
      (p."averageDurationMs" * p.frequency + excluded."averageDurationMs") / (p.frequency + 1),
      excluded."averageDurationMs", p."averageDurationMs"),
    "lastAccessed" = greatest(p."lastAccessed", excluded."lastAccessed");
END;
$$;

-- The more often two files are used together, the closer the strength comes to 1.
CREATE OR REPLACE FUNCTION public.upsert_relationship(
  source_file TEXT, target_file TEXT, relation_type TEXT DEFAULT 'used_with'
) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  INSERT INTO public.relationships AS r ("userId", "sourceFile", "targetFile", "relationType", strength)
  VALUES (auth.uid(), source_file, target_file, relation_type, 0.1)
  ON CONFLICT ("userId", "sourceFile", "targetFile", "relationType") DO UPDATE SET
    occurrences = r.occurrences + 1,
    strength = 1 - power(0.9, r.occurrences + 1);
END;
$$;

CREATE OR REPLACE FUNCTION public.upsert_signal_toggle(
  signal_key TEXT, enabled BOOLEAN, sampling_rate DOUBLE PRECISION DEFAULT 1
) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  INSERT INTO public.signal_toggles ("userId", "signalKey", "isEnabled", "samplingRate")
  VALUES (auth.uid(), signal_key, enabled, sampling_rate)
  ON CONFLICT ("userId", "signalKey") DO UPDATE SET
    "isEnabled" = excluded."isEnabled", "samplingRate" = excluded."samplingRate";
END;
$$;

-- Records an event if its user permits telemetry and the application, and tells whether it did.
CREATE OR REPLACE FUNCTION public.record_telemetry(
  app_id TEXT, event_type TEXT, duration_ms INTEGER DEFAULT NULL, metadata JSONB DEFAULT '{}'
) RETURNS BOOLEAN
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  caller UUID := auth.uid();
BEGIN
  IF NOT EXISTS (SELECT 1 FROM public.privacy_prefs WHERE "userId" = caller AND "telemetryEnabled")
    OR NOT EXISTS (
      SELECT 1 FROM public.app_allowlist
      WHERE "userId" = caller AND "appId" = record_telemetry.app_id AND "isAllowed")
  THEN
    RETURN false;
  END IF;
  INSERT INTO public.telemetry_events ("userId", "appId", "eventType", "durationMs", metadata)
  VALUES (caller, record_telemetry.app_id, record_telemetry.event_type, record_telemetry.duration_ms,
    record_telemetry.metadata);
  RETURN true;
END;
$$;
REVOKE EXECUTE ON FUNCTION public.record_telemetry(TEXT, TEXT, INTEGER, JSONB) FROM PUBLIC, anon;

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

CREATE OR REPLACE FUNCTION public.audit_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  value_before JSONB := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  value_after JSONB := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
BEGIN
  INSERT INTO public.audit_logs ("userId", action, resource, "resourceId", before, after)
  VALUES (
    (SELECT id FROM public.users WHERE id = auth.uid()),
    lower(TG_OP), TG_TABLE_NAME, coalesce(value_after, value_before) ->> 'id', value_before, value_after);
  RETURN NULL;
END;
$$;
REVOKE EXECUTE ON FUNCTION public.audit_change() FROM PUBLIC, anon, authenticated;

-- For the service: deletes what is older than its policy permits, and tells how many rows of each table.
CREATE OR REPLACE FUNCTION public.apply_retention_policies() RETURNS TABLE (table_name TEXT, deleted BIGINT)
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  policy RECORD;
BEGIN
  FOR policy IN
    SELECT p.id, p."tableName", p."timestampColumn", p."retentionDays"
    FROM public.retention_policies p WHERE p."isActive" ORDER BY p."tableName"
  LOOP
    EXECUTE format(
      'DELETE FROM public.%I WHERE %I < now() - make_interval(days => $1)', policy."tableName",
      policy."timestampColumn")
    USING policy."retentionDays";
    GET DIAGNOSTICS deleted = ROW_COUNT;
    table_name := policy."tableName";
    UPDATE public.retention_policies SET "lastRunAt" = now() WHERE id = policy.id;
    RETURN NEXT;
  END LOOP;
END;
$$;
REVOKE EXECUTE ON FUNCTION public.apply_retention_policies() FROM PUBLIC, anon, authenticated;

CREATE OR REPLACE FUNCTION public.log_metric(
  metric TEXT, value DOUBLE PRECISION, tags JSONB DEFAULT '{}'
) RETURNS BIGINT
LANGUAGE sql SET search_path = '' AS $$
  INSERT INTO public.metrics_log (metric, value, tags) VALUES ($1, $2, $3) RETURNING id
$$;
REVOKE EXECUTE ON FUNCTION public.log_metric(TEXT, DOUBLE PRECISION, JSONB) FROM PUBLIC, anon, authenticated;

-- The same account always falls on the same side of a partial rollout.
CREATE OR REPLACE FUNCTION public.is_feature_enabled(flag TEXT) RETURNS BOOLEAN
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT coalesce((
    SELECT f."isEnabled" AND (
      f."rolloutPercentage" = 100
      OR (auth.uid() IS NOT NULL
        AND mod(hashtextextended(f.key || auth.uid(), 0) & 9223372036854775807, 100) < f."rolloutPercentage"))
    FROM public.feature_flags f WHERE f.key = flag), false)
$$;

CREATE OR REPLACE FUNCTION public.keep_workflow_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
  INSERT INTO public.workflow_versions ("workflowId", version, definition, "createdById")
  SELECT NEW.id, coalesce(max(v.version), 0) + 1, NEW.definition,
    (SELECT id FROM public.users WHERE id = auth.uid())
  FROM public.workflow_versions v WHERE v."workflowId" = NEW.id;
  RETURN NULL;
END;
$$;
REVOKE EXECUTE ON FUNCTION public.keep_workflow_version() FROM PUBLIC, anon, authenticated;

CREATE OR REPLACE FUNCTION public.start_workflow_execution(
  workflow UUID, input JSONB DEFAULT '{}', triggered_by TEXT DEFAULT 'manual'
) RETURNS UUID
LANGUAGE sql SET search_path = '' AS $$
  INSERT INTO public.workflow_executions ("workflowId", "userId", status, "triggeredBy", input)
  VALUES (workflow, auth.uid(), 'running', triggered_by, start_workflow_execution.input)
  RETURNING id
$$;

-- For the service: clients start executions, and the worker ends them.
CREATE OR REPLACE FUNCTION public.finish_workflow_execution(
  execution UUID, outcome public.execution_status, output JSONB DEFAULT NULL, error TEXT DEFAULT NULL
) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  UPDATE public.workflow_executions e SET
    status = outcome,
    output = finish_workflow_execution.output,
    error = finish_workflow_execution.error,
    "completedAt" = now(),
    "durationMs" = extract(epoch FROM now() - e."startedAt") * 1000
  WHERE e.id = execution AND e."completedAt" IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no running execution %', execution USING ERRCODE = 'no_data_found';
  END IF;
END;
$$;
REVOKE EXECUTE ON FUNCTION public.finish_workflow_execution(UUID, public.execution_status, JSONB, TEXT)
  FROM PUBLIC, anon, authenticated;

-- For administrators: of the users since a day, how many got how far, by the source that they came from.
CREATE OR REPLACE FUNCTION public.activation_funnel(since DATE DEFAULT current_date - 30)
RETURNS TABLE (source TEXT, signed_up BIGINT, onboarded BIGINT, made_workflow BIGINT)
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT
    coalesce(t.source, 'direct'),
    count(*),
    count(*) FILTER (WHERE u."onboardedAt" IS NOT NULL),
    count(*) FILTER (WHERE EXISTS (SELECT 1 FROM public.workflows w WHERE w."userId" = u.id))
  FROM public.users u
  LEFT JOIN LATERAL (
    SELECT x.source FROM public.utm_tracks x WHERE x."userId" = u.id ORDER BY x."firstSeenAt" LIMIT 1
  ) t ON true
  WHERE u."createdAt" >= since
  GROUP BY 1
  ORDER BY 2 DESC
$$;

-- What was recorded of the caller, by application and kind of event.
CREATE OR REPLACE FUNCTION public.telemetry_summary(days INTEGER DEFAULT 30)
RETURNS TABLE (app_id TEXT, event_type TEXT, events BIGINT, total_duration_ms BIGINT, last_seen TIMESTAMPTZ)
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT t."appId", t."eventType", count(*), sum(t."durationMs"), max(t."timestamp")
  FROM public.telemetry_events t
  WHERE t."userId" = auth.uid() AND t."timestamp" >= now() - make_interval(days => telemetry_summary.days)
  GROUP BY t."appId", t."eventType"
  ORDER BY count(*) DESC
$$;

-- Everything that is kept of the caller, in one document. Row-level security decides what that is.
CREATE OR REPLACE FUNCTION public.export_own_data() RETURNS JSONB
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT jsonb_build_object(
    'user', (SELECT to_jsonb(u) FROM public.users u WHERE u.id = auth.uid()),
    'privacy', (SELECT to_jsonb(p) FROM public.privacy_prefs p WHERE p."userId" = auth.uid()),
    'events', (SELECT coalesce(jsonb_agg(e ORDER BY e."timestamp"), '[]')
      FROM public.events e WHERE e."userId" = auth.uid()),
    'patterns', (SELECT coalesce(jsonb_agg(p ORDER BY p."fileExtension"), '[]')
      FROM public.patterns p WHERE p."userId" = auth.uid()),
    'relationships', (SELECT coalesce(jsonb_agg(r ORDER BY r."createdAt"), '[]')
      FROM public.relationships r WHERE r."userId" = auth.uid()),
    'telemetry', (SELECT coalesce(jsonb_agg(t ORDER BY t."timestamp"), '[]')
      FROM public.telemetry_events t WHERE t."userId" = auth.uid()),
    'workflows', (SELECT coalesce(jsonb_agg(w ORDER BY w."createdAt"), '[]')
      FROM public.workflows w WHERE w."userId" = auth.uid()))
$$;

-- Deletes what was observed of the caller, but not the account, and tells how many rows that were.
CREATE OR REPLACE FUNCTION public.erase_observations() RETURNS BIGINT
LANGUAGE sql SET search_path = '' AS $$
  WITH
    erased_events AS (DELETE FROM public.events WHERE "userId" = auth.uid() RETURNING 1),
    erased_patterns AS (DELETE FROM public.patterns WHERE "userId" = auth.uid() RETURNING 1),
    erased_relationships AS (DELETE FROM public.relationships WHERE "userId" = auth.uid() RETURNING 1),
    erased_telemetry AS (DELETE FROM public.telemetry_events WHERE "userId" = auth.uid() RETURNING 1)
  SELECT (SELECT count(*) FROM erased_events) + (SELECT count(*) FROM erased_patterns)
    + (SELECT count(*) FROM erased_relationships) + (SELECT count(*) FROM erased_telemetry)
$$;

-- 4. Triggers

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
CREATE OR REPLACE TRIGGER retention_policies_set_updated_at BEFORE UPDATE ON public.retention_policies
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE OR REPLACE TRIGGER subscriptions_set_updated_at BEFORE UPDATE ON public.subscriptions
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();
CREATE OR REPLACE TRIGGER feature_flags_set_updated_at BEFORE UPDATE ON public.feature_flags
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();

-- Who changed what
CREATE OR REPLACE TRIGGER organizations_audit AFTER INSERT OR UPDATE OR DELETE ON public.organizations
  FOR EACH ROW EXECUTE FUNCTION public.audit_change();
CREATE OR REPLACE TRIGGER organization_members_audit AFTER INSERT OR UPDATE OR DELETE ON public.organization_members
  FOR EACH ROW EXECUTE FUNCTION public.audit_change();
CREATE OR REPLACE TRIGGER workflows_audit AFTER INSERT OR UPDATE OR DELETE ON public.workflows
  FOR EACH ROW EXECUTE FUNCTION public.audit_change();
CREATE OR REPLACE TRIGGER subscriptions_audit AFTER INSERT OR UPDATE OR DELETE ON public.subscriptions
  FOR EACH ROW EXECUTE FUNCTION public.audit_change();
CREATE OR REPLACE TRIGGER user_integrations_audit AFTER INSERT OR UPDATE OR DELETE ON public.user_integrations
  FOR EACH ROW EXECUTE FUNCTION public.audit_change();

-- What somebody changed about what is observed of them
CREATE OR REPLACE TRIGGER privacy_prefs_transparency AFTER INSERT OR UPDATE OR DELETE ON public.privacy_prefs
  FOR EACH ROW EXECUTE FUNCTION public.log_privacy_change();
CREATE OR REPLACE TRIGGER app_allowlist_transparency AFTER INSERT OR UPDATE OR DELETE ON public.app_allowlist
  FOR EACH ROW EXECUTE FUNCTION public.log_privacy_change();
CREATE OR REPLACE TRIGGER signal_toggles_transparency AFTER INSERT OR UPDATE OR DELETE ON public.signal_toggles
  FOR EACH ROW EXECUTE FUNCTION public.log_privacy_change();

-- History of definitions, rights that nobody gives to themselves, accounts
CREATE OR REPLACE TRIGGER workflows_keep_version AFTER INSERT OR UPDATE OF definition ON public.workflows
  FOR EACH ROW EXECUTE FUNCTION public.keep_workflow_version();
CREATE OR REPLACE TRIGGER users_guard_role BEFORE UPDATE OF id, role ON public.users
  FOR EACH ROW EXECUTE FUNCTION public.guard_user_role();
CREATE OR REPLACE TRIGGER on_auth_user_created AFTER INSERT ON auth.users
  FOR EACH ROW EXECUTE FUNCTION public.handle_new_user();

-- 5. Row-level security

ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.mfa_enforced_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.events ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.patterns ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.relationships ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.organizations ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.organization_members ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.workflows ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.workflow_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.workflow_executions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.privacy_prefs ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.app_allowlist ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.signal_toggles ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.telemetry_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.privacy_transparency_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.audit_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.retention_policies ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.offers ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.subscriptions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.feature_flags ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.utm_tracks ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.cohorts ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.metrics_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.nps_submissions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.user_integrations ENABLE ROW LEVEL SECURITY;

-- users
DROP POLICY IF EXISTS "Users can view own account" ON public.users;
CREATE POLICY "Users can view own account" ON public.users
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = id);
DROP POLICY IF EXISTS "Users can update own account" ON public.users;
CREATE POLICY "Users can update own account" ON public.users
  FOR UPDATE TO authenticated
  USING ((SELECT auth.uid()) = id)
  WITH CHECK ((SELECT auth.uid()) = id);
DROP POLICY IF EXISTS "Admins can view all accounts" ON public.users;
CREATE POLICY "Admins can view all accounts" ON public.users
  FOR SELECT TO authenticated
  USING ((SELECT public.is_admin()));
DROP POLICY IF EXISTS "Admins can update all accounts" ON public.users;
CREATE POLICY "Admins can update all accounts" ON public.users
  FOR UPDATE TO authenticated
  USING ((SELECT public.is_admin()))
  WITH CHECK ((SELECT public.is_admin()));

-- sessions
DROP POLICY IF EXISTS "Users can view own sessions" ON public.sessions;
CREATE POLICY "Users can view own sessions" ON public.sessions
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can delete own sessions" ON public.sessions;
CREATE POLICY "Users can delete own sessions" ON public.sessions
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Admins can view all sessions" ON public.sessions;
CREATE POLICY "Admins can view all sessions" ON public.sessions
  FOR SELECT TO authenticated
  USING ((SELECT public.is_admin()));
DROP POLICY IF EXISTS "Admins can end all sessions" ON public.sessions;
CREATE POLICY "Admins can end all sessions" ON public.sessions
  FOR DELETE TO authenticated
  USING ((SELECT public.is_admin()));

-- mfa_enforced_sessions
DROP POLICY IF EXISTS "Users can view own enforced sessions" ON public.mfa_enforced_sessions;
CREATE POLICY "Users can view own enforced sessions" ON public.mfa_enforced_sessions
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Admins can view all enforced sessions" ON public.mfa_enforced_sessions;
CREATE POLICY "Admins can view all enforced sessions" ON public.mfa_enforced_sessions
  FOR SELECT TO authenticated
  USING ((SELECT public.is_admin()));

-- events
DROP POLICY IF EXISTS "Users can view own events" ON public.events;
CREATE POLICY "Users can view own events" ON public.events
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can insert own events" ON public.events;
CREATE POLICY "Users can insert own events" ON public.events
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can delete own events" ON public.events;
CREATE POLICY "Users can delete own events" ON public.events
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "userId");

-- patterns
DROP POLICY IF EXISTS "Users can view own patterns" ON public.patterns;
CREATE POLICY "Users can view own patterns" ON public.patterns
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can insert own patterns" ON public.patterns;
CREATE POLICY "Users can insert own patterns" ON public.patterns
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can update own patterns" ON public.patterns;
CREATE POLICY "Users can update own patterns" ON public.patterns
  FOR UPDATE TO authenticated
  USING ((SELECT auth.uid()) = "userId")
  WITH CHECK ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can delete own patterns" ON public.patterns;
CREATE POLICY "Users can delete own patterns" ON public.patterns
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "userId");

-- relationships
DROP POLICY IF EXISTS "Users can view own relationships" ON public.relationships;
CREATE POLICY "Users can view own relationships" ON public.relationships
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can insert own relationships" ON public.relationships;
CREATE POLICY "Users can insert own relationships" ON public.relationships
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can update own relationships" ON public.relationships;
CREATE POLICY "Users can update own relationships" ON public.relationships
  FOR UPDATE TO authenticated
  USING ((SELECT auth.uid()) = "userId")
  WITH CHECK ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can delete own relationships" ON public.relationships;
CREATE POLICY "Users can delete own relationships" ON public.relationships
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "userId");

-- organizations
DROP POLICY IF EXISTS "Members can view their organizations" ON public.organizations;
CREATE POLICY "Members can view their organizations" ON public.organizations
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "ownerId" OR public.is_organization_member(id));
DROP POLICY IF EXISTS "Users can found organizations" ON public.organizations;
CREATE POLICY "Users can found organizations" ON public.organizations
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "ownerId");
DROP POLICY IF EXISTS "Organization admins can update organizations" ON public.organizations;
CREATE POLICY "Organization admins can update organizations" ON public.organizations
  FOR UPDATE TO authenticated
  USING (public.is_organization_admin(id))
  WITH CHECK (public.is_organization_admin(id));
DROP POLICY IF EXISTS "Owners can delete organizations" ON public.organizations;
CREATE POLICY "Owners can delete organizations" ON public.organizations
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "ownerId");
DROP POLICY IF EXISTS "Admins can view all organizations" ON public.organizations;
CREATE POLICY "Admins can view all organizations" ON public.organizations
  FOR SELECT TO authenticated
  USING ((SELECT public.is_admin()));

-- organization_members
DROP POLICY IF EXISTS "Members can view members" ON public.organization_members;
CREATE POLICY "Members can view members" ON public.organization_members
  FOR SELECT TO authenticated
  USING (public.is_organization_member("organizationId"));
DROP POLICY IF EXISTS "Organization admins can add members" ON public.organization_members;
CREATE POLICY "Organization admins can add members" ON public.organization_members
  FOR INSERT TO authenticated
  WITH CHECK (public.is_organization_admin("organizationId"));
DROP POLICY IF EXISTS "Organization admins can update members" ON public.organization_members;
CREATE POLICY "Organization admins can update members" ON public.organization_members
  FOR UPDATE TO authenticated
  USING (public.is_organization_admin("organizationId"))
  WITH CHECK (public.is_organization_admin("organizationId"));
DROP POLICY IF EXISTS "Members can leave, admins can remove" ON public.organization_members;
CREATE POLICY "Members can leave, admins can remove" ON public.organization_members
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "userId" OR public.is_organization_admin("organizationId"));
DROP POLICY IF EXISTS "Admins can view all members" ON public.organization_members;
CREATE POLICY "Admins can view all members" ON public.organization_members
  FOR SELECT TO authenticated
  USING ((SELECT public.is_admin()));

-- workflows
DROP POLICY IF EXISTS "Users can view own workflows" ON public.workflows;
CREATE POLICY "Users can view own workflows" ON public.workflows
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can insert own workflows" ON public.workflows;
CREATE POLICY "Users can insert own workflows" ON public.workflows
  FOR INSERT TO authenticated
  WITH CHECK (
    (SELECT auth.uid()) = "userId"
    AND ("organizationId" IS NULL OR public.is_organization_member("organizationId")));
DROP POLICY IF EXISTS "Users can update own workflows" ON public.workflows;
CREATE POLICY "Users can update own workflows" ON public.workflows
  FOR UPDATE TO authenticated
  USING ((SELECT auth.uid()) = "userId")
  WITH CHECK (
    (SELECT auth.uid()) = "userId"
    AND ("organizationId" IS NULL OR public.is_organization_member("organizationId")));
DROP POLICY IF EXISTS "Users can delete own workflows" ON public.workflows;
CREATE POLICY "Users can delete own workflows" ON public.workflows
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Organization members can view workflows" ON public.workflows;
CREATE POLICY "Organization members can view workflows" ON public.workflows
  FOR SELECT TO authenticated
  USING (public.is_organization_member("organizationId"));
DROP POLICY IF EXISTS "Organization admins can update workflows" ON public.workflows;
CREATE POLICY "Organization admins can update workflows" ON public.workflows
  FOR UPDATE TO authenticated
  USING (public.is_organization_admin("organizationId"))
  WITH CHECK (public.is_organization_admin("organizationId"));
DROP POLICY IF EXISTS "Admins can view all workflows" ON public.workflows;
CREATE POLICY "Admins can view all workflows" ON public.workflows
  FOR SELECT TO authenticated
  USING ((SELECT public.is_admin()));

-- workflow_versions
DROP POLICY IF EXISTS "Versions are as visible as their workflow" ON public.workflow_versions;
CREATE POLICY "Versions are as visible as their workflow" ON public.workflow_versions
  FOR SELECT TO authenticated
  USING ("workflowId" IN (SELECT id FROM public.workflows));

-- workflow_executions
DROP POLICY IF EXISTS "Executions are as visible as their workflow" ON public.workflow_executions;
CREATE POLICY "Executions are as visible as their workflow" ON public.workflow_executions
  FOR SELECT TO authenticated
  USING ("workflowId" IN (SELECT id FROM public.workflows));
DROP POLICY IF EXISTS "Users can start visible workflows" ON public.workflow_executions;
CREATE POLICY "Users can start visible workflows" ON public.workflow_executions
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "userId" AND "workflowId" IN (SELECT id FROM public.workflows));

-- privacy_prefs
DROP POLICY IF EXISTS "Users can view own privacy preferences" ON public.privacy_prefs;
CREATE POLICY "Users can view own privacy preferences" ON public.privacy_prefs
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can insert own privacy preferences" ON public.privacy_prefs;
CREATE POLICY "Users can insert own privacy preferences" ON public.privacy_prefs
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can update own privacy preferences" ON public.privacy_prefs;
CREATE POLICY "Users can update own privacy preferences" ON public.privacy_prefs
  FOR UPDATE TO authenticated
  USING ((SELECT auth.uid()) = "userId")
  WITH CHECK ((SELECT auth.uid()) = "userId");

-- app_allowlist
DROP POLICY IF EXISTS "Users can view own allowed apps" ON public.app_allowlist;
CREATE POLICY "Users can view own allowed apps" ON public.app_allowlist
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can insert own allowed apps" ON public.app_allowlist;
CREATE POLICY "Users can insert own allowed apps" ON public.app_allowlist
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can update own allowed apps" ON public.app_allowlist;
CREATE POLICY "Users can update own allowed apps" ON public.app_allowlist
  FOR UPDATE TO authenticated
  USING ((SELECT auth.uid()) = "userId")
  WITH CHECK ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can delete own allowed apps" ON public.app_allowlist;
CREATE POLICY "Users can delete own allowed apps" ON public.app_allowlist
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "userId");

-- signal_toggles
DROP POLICY IF EXISTS "Users can view own signal toggles" ON public.signal_toggles;
CREATE POLICY "Users can view own signal toggles" ON public.signal_toggles
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can insert own signal toggles" ON public.signal_toggles;
CREATE POLICY "Users can insert own signal toggles" ON public.signal_toggles
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can update own signal toggles" ON public.signal_toggles;
CREATE POLICY "Users can update own signal toggles" ON public.signal_toggles
  FOR UPDATE TO authenticated
  USING ((SELECT auth.uid()) = "userId")
  WITH CHECK ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can delete own signal toggles" ON public.signal_toggles;
CREATE POLICY "Users can delete own signal toggles" ON public.signal_toggles
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "userId");

-- telemetry_events
DROP POLICY IF EXISTS "Users can view own telemetry" ON public.telemetry_events;
CREATE POLICY "Users can view own telemetry" ON public.telemetry_events
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can delete own telemetry" ON public.telemetry_events;
CREATE POLICY "Users can delete own telemetry" ON public.telemetry_events
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "userId");

-- privacy_transparency_log
DROP POLICY IF EXISTS "Users can view own transparency log" ON public.privacy_transparency_log;
CREATE POLICY "Users can view own transparency log" ON public.privacy_transparency_log
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");

-- audit_logs
DROP POLICY IF EXISTS "Users can view own audit log" ON public.audit_logs;
CREATE POLICY "Users can view own audit log" ON public.audit_logs
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Admins can view all audit logs" ON public.audit_logs;
CREATE POLICY "Admins can view all audit logs" ON public.audit_logs
  FOR SELECT TO authenticated
  USING ((SELECT public.is_admin()));

-- retention_policies
DROP POLICY IF EXISTS "Everybody signed in can view retention policies" ON public.retention_policies;
CREATE POLICY "Everybody signed in can view retention policies" ON public.retention_policies
  FOR SELECT TO authenticated
  USING (true);
DROP POLICY IF EXISTS "Admins can manage retention policies" ON public.retention_policies;
CREATE POLICY "Admins can manage retention policies" ON public.retention_policies
  FOR ALL TO authenticated
  USING ((SELECT public.is_admin()))
  WITH CHECK ((SELECT public.is_admin()));

-- offers
DROP POLICY IF EXISTS "Everybody can view current offers" ON public.offers;
CREATE POLICY "Everybody can view current offers" ON public.offers
  FOR SELECT TO anon, authenticated
  USING ("isActive");
DROP POLICY IF EXISTS "Admins can manage offers" ON public.offers;
CREATE POLICY "Admins can manage offers" ON public.offers
  FOR ALL TO authenticated
  USING ((SELECT public.is_admin()))
  WITH CHECK ((SELECT public.is_admin()));

-- subscriptions
DROP POLICY IF EXISTS "Users can view own subscriptions" ON public.subscriptions;
CREATE POLICY "Users can view own subscriptions" ON public.subscriptions
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Admins can view all subscriptions" ON public.subscriptions;
CREATE POLICY "Admins can view all subscriptions" ON public.subscriptions
  FOR SELECT TO authenticated
  USING ((SELECT public.is_admin()));

-- feature_flags
DROP POLICY IF EXISTS "Everybody can view feature flags" ON public.feature_flags;
CREATE POLICY "Everybody can view feature flags" ON public.feature_flags
  FOR SELECT TO anon, authenticated
  USING (true);
DROP POLICY IF EXISTS "Admins can manage feature flags" ON public.feature_flags;
CREATE POLICY "Admins can manage feature flags" ON public.feature_flags
  FOR ALL TO authenticated
  USING ((SELECT public.is_admin()))
  WITH CHECK ((SELECT public.is_admin()));

-- utm_tracks
DROP POLICY IF EXISTS "Users can view own tracks" ON public.utm_tracks;
CREATE POLICY "Users can view own tracks" ON public.utm_tracks
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can insert own tracks" ON public.utm_tracks;
CREATE POLICY "Users can insert own tracks" ON public.utm_tracks
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Admins can view all tracks" ON public.utm_tracks;
CREATE POLICY "Admins can view all tracks" ON public.utm_tracks
  FOR SELECT TO authenticated
  USING ((SELECT public.is_admin()));

-- cohorts
DROP POLICY IF EXISTS "Users can view own cohorts" ON public.cohorts;
CREATE POLICY "Users can view own cohorts" ON public.cohorts
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Admins can manage cohorts" ON public.cohorts;
CREATE POLICY "Admins can manage cohorts" ON public.cohorts
  FOR ALL TO authenticated
  USING ((SELECT public.is_admin()))
  WITH CHECK ((SELECT public.is_admin()));

-- metrics_log
DROP POLICY IF EXISTS "Admins can view all metrics" ON public.metrics_log;
CREATE POLICY "Admins can view all metrics" ON public.metrics_log
  FOR SELECT TO authenticated
  USING ((SELECT public.is_admin()));

-- nps_submissions
DROP POLICY IF EXISTS "Users can view own NPS submissions" ON public.nps_submissions;
CREATE POLICY "Users can view own NPS submissions" ON public.nps_submissions
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can insert own NPS submissions" ON public.nps_submissions;
CREATE POLICY "Users can insert own NPS submissions" ON public.nps_submissions
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Admins can view all NPS submissions" ON public.nps_submissions;
CREATE POLICY "Admins can view all NPS submissions" ON public.nps_submissions
  FOR SELECT TO authenticated
  USING ((SELECT public.is_admin()));

-- user_integrations
DROP POLICY IF EXISTS "Users can view own integrations" ON public.user_integrations;
CREATE POLICY "Users can view own integrations" ON public.user_integrations
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can insert own integrations" ON public.user_integrations;
CREATE POLICY "Users can insert own integrations" ON public.user_integrations
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can update own integrations" ON public.user_integrations;
CREATE POLICY "Users can update own integrations" ON public.user_integrations
  FOR UPDATE TO authenticated
  USING ((SELECT auth.uid()) = "userId")
  WITH CHECK ((SELECT auth.uid()) = "userId");
DROP POLICY IF EXISTS "Users can delete own integrations" ON public.user_integrations;
CREATE POLICY "Users can delete own integrations" ON public.user_integrations
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "userId");

-- 6. Privileges: what only functions and triggers write, clients do not write at all.

REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON
  public.telemetry_events, public.privacy_transparency_log, public.audit_logs, public.metrics_log
  FROM anon, authenticated;
GRANT DELETE ON public.telemetry_events TO authenticated;

-- 7. Rows that every database starts with

INSERT INTO public.retention_policies ("tableName", "timestampColumn", "retentionDays") VALUES
  ('events', 'timestamp', 365),
  ('telemetry_events', 'timestamp', 90),
  ('privacy_transparency_log', 'timestamp', 730),
  ('audit_logs', 'timestamp', 730),
  ('metrics_log', 'recordedAt', 180)
ON CONFLICT ("tableName") DO NOTHING;

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

-- 8. Accounts that are older than this schema

INSERT INTO public.users (id, email, name, "avatarUrl")
SELECT id, email, raw_user_meta_data ->> 'full_name', raw_user_meta_data ->> 'avatar_url'
FROM auth.users WHERE email IS NOT NULL
ON CONFLICT DO NOTHING;

-- 9. The final state, checked: every table is there, and every one has row-level security and a policy.

DO $$
DECLARE
  wrong TEXT;
BEGIN
  SELECT string_agg(wanted.name, ', ') INTO wrong
  FROM unnest(ARRAY[
    'users', 'sessions', 'mfa_enforced_sessions', 'events', 'patterns', 'relationships', 'organizations',
    'organization_members', 'workflows', 'workflow_versions', 'workflow_executions', 'privacy_prefs',
    'app_allowlist', 'signal_toggles', 'telemetry_events', 'privacy_transparency_log', 'audit_logs',
    'retention_policies', 'offers', 'subscriptions', 'feature_flags', 'utm_tracks', 'cohorts', 'metrics_log',
    'nps_submissions', 'user_integrations'
  ]) AS wanted (name)
  LEFT JOIN pg_class c ON c.relname = wanted.name AND c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
  WHERE c.oid IS NULL OR NOT c.relrowsecurity
    OR NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid);
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'missing, or without row-level security or policies: %', wrong;
  END IF;
END $$;

-- Tenants for the whole backend: agents, workflows, billing, observability and webhooks belong to a tenant, and
-- row-level security keeps each tenant's rows with its members. Works on the living database, adds and never removes
-- rows or columns, and is safe to run again. ROLLBACK.sql takes back what can be taken back without losing data.

BEGIN;

-- Foundation. Both tables exist already; what the patch relies on is checked before anything is built on it.
CREATE TABLE IF NOT EXISTS public.tenants (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  name TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  plan TEXT NOT NULL DEFAULT 'free',
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS public.tenant_members (
  tenant_id UUID NOT NULL REFERENCES public.tenants(id) ON DELETE CASCADE,
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  role TEXT NOT NULL DEFAULT 'member' CHECK (role IN ('owner', 'admin', 'member')),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, user_id)
);

DO $$
DECLARE
  missing TEXT;
BEGIN
  SELECT string_agg(format('%s.%s (%s)', wanted.relation, wanted.name, wanted.type), ', ') INTO missing
  FROM (VALUES
    ('tenants', 'id', 'uuid'), ('tenants', 'name', 'text'), ('tenants', 'slug', 'text'),
    ('tenant_members', 'tenant_id', 'uuid'), ('tenant_members', 'user_id', 'uuid'),
    ('tenant_members', 'role', 'text'), ('tenant_members', 'updated_at', 'timestamp with time zone'),
    ('workflow_executions', 'workflow_id', 'uuid'), ('workflow_executions', 'user_id', 'uuid'),
    ('workflow_executions', 'status', 'text'),
    ('workflow_executions', 'started_at', 'timestamp with time zone'),
    ('telemetry_events', 'user_id', 'uuid')
  ) AS wanted (relation, name, type)
  WHERE NOT EXISTS (
    SELECT 1 FROM information_schema.columns c
    WHERE c.table_schema = 'public' AND c.table_name = wanted.relation
      AND c.column_name = wanted.name AND c.data_type = wanted.type);
  IF missing IS NOT NULL THEN
    RAISE EXCEPTION 'the database is not the one that this patch was written for: it lacks %', missing
      USING ERRCODE = 'undefined_column';
  END IF;
END $$;

-- Functions
CREATE OR REPLACE FUNCTION public.update_updated_at_column() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  NEW.updated_at := now();
  RETURN NEW;
END;
$$;

CREATE OR REPLACE FUNCTION public.generate_webhook_secret() RETURNS TEXT
LANGUAGE sql VOLATILE SET search_path = '' AS $$
  SELECT 'whsec_' || encode(extensions.gen_random_bytes(32), 'hex')
$$;

-- Agents and workflows. The author's account is only noted: the work outlives it.
CREATE TABLE IF NOT EXISTS public.agents (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id UUID NOT NULL REFERENCES public.tenants(id) ON DELETE CASCADE,
  created_by UUID DEFAULT auth.uid(),
  name TEXT NOT NULL,
  description TEXT,
  category TEXT NOT NULL DEFAULT 'general',
  model TEXT NOT NULL,
  system_prompt TEXT,
  tools JSONB NOT NULL DEFAULT '[]'::jsonb,
  config JSONB NOT NULL DEFAULT '{}'::jsonb,
  temperature NUMERIC(3, 2) NOT NULL DEFAULT 0.70 CHECK (temperature BETWEEN 0 AND 2),
  enabled BOOLEAN NOT NULL DEFAULT true,
  version INTEGER NOT NULL DEFAULT 1,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS public.agent_executions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  agent_id UUID NOT NULL REFERENCES public.agents(id) ON DELETE CASCADE,
  user_id UUID REFERENCES auth.users(id) ON DELETE SET NULL,
  tenant_id UUID NOT NULL REFERENCES public.tenants(id) ON DELETE CASCADE,
  status TEXT NOT NULL DEFAULT 'pending'
    CHECK (status IN ('pending', 'running', 'completed', 'failed', 'cancelled')),
  input JSONB NOT NULL DEFAULT '{}'::jsonb,
  output JSONB,
  error_message TEXT,
  tokens_used INTEGER CHECK (tokens_used >= 0),
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  completed_at TIMESTAMPTZ
);

CREATE TABLE IF NOT EXISTS public.workflows (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id UUID NOT NULL REFERENCES public.tenants(id) ON DELETE CASCADE,
  created_by UUID DEFAULT auth.uid(),
  name TEXT NOT NULL,
  description TEXT,
  category TEXT NOT NULL DEFAULT 'general',
  trigger_type TEXT NOT NULL DEFAULT 'manual' CHECK (trigger_type IN ('manual', 'schedule', 'webhook', 'event')),
  trigger_config JSONB NOT NULL DEFAULT '{}'::jsonb,
  steps JSONB NOT NULL DEFAULT '[]'::jsonb,
  variables JSONB NOT NULL DEFAULT '{}'::jsonb,
  timeout_seconds INTEGER NOT NULL DEFAULT 300 CHECK (timeout_seconds > 0),
  enabled BOOLEAN NOT NULL DEFAULT true,
  version INTEGER NOT NULL DEFAULT 1,
  last_run_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- Executions existed before workflows and tenants did. A row whose account has exactly one tenant is given to it; the
-- others stay with their account alone.
ALTER TABLE public.workflow_executions
  ADD COLUMN IF NOT EXISTS tenant_id UUID REFERENCES public.tenants(id) ON DELETE CASCADE;

UPDATE public.workflow_executions e SET tenant_id = only_one.tenant_id
FROM (
  SELECT user_id, (array_agg(tenant_id))[1] AS tenant_id
  FROM public.tenant_members GROUP BY user_id HAVING count(*) = 1
) AS only_one
WHERE e.tenant_id IS NULL AND e.user_id = only_one.user_id;

-- Billing
CREATE TABLE IF NOT EXISTS public.subscriptions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id UUID NOT NULL REFERENCES public.tenants(id) ON DELETE CASCADE,
  user_id UUID REFERENCES auth.users(id) ON DELETE SET NULL,
  plan TEXT NOT NULL DEFAULT 'free',
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('trialing', 'active', 'past_due', 'canceled')),
  stripe_customer_id TEXT UNIQUE,
  stripe_subscription_id TEXT UNIQUE,
  current_period_start TIMESTAMPTZ,
  current_period_end TIMESTAMPTZ,
  trial_end TIMESTAMPTZ,
  cancel_at_period_end BOOLEAN NOT NULL DEFAULT false,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS public.usage_metrics (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id UUID NOT NULL REFERENCES public.tenants(id) ON DELETE CASCADE,
  metric TEXT NOT NULL,
  quantity NUMERIC NOT NULL DEFAULT 0,
  period_start DATE NOT NULL DEFAULT current_date,
  recorded_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS public.billing_events (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id UUID NOT NULL REFERENCES public.tenants(id) ON DELETE CASCADE,
  event_type TEXT NOT NULL,
  payload JSONB NOT NULL DEFAULT '{}'::jsonb,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- Observability
ALTER TABLE public.telemetry_events
  ADD COLUMN IF NOT EXISTS tenant_id UUID REFERENCES public.tenants(id) ON DELETE CASCADE;

UPDATE public.telemetry_events e SET tenant_id = only_one.tenant_id
FROM (
  SELECT user_id, (array_agg(tenant_id))[1] AS tenant_id
  FROM public.tenant_members GROUP BY user_id HAVING count(*) = 1
) AS only_one
WHERE e.tenant_id IS NULL AND e.user_id = only_one.user_id;

CREATE TABLE IF NOT EXISTS public.workflow_execution_logs (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id UUID NOT NULL REFERENCES public.tenants(id) ON DELETE CASCADE,
  execution_id UUID NOT NULL REFERENCES public.workflow_executions(id) ON DELETE CASCADE,
  workflow_id UUID REFERENCES public.workflows(id) ON DELETE SET NULL,
  step_id TEXT,
  step_name TEXT,
  level TEXT NOT NULL DEFAULT 'info' CHECK (level IN ('debug', 'info', 'warn', 'error')),
  message TEXT NOT NULL,
  data JSONB NOT NULL DEFAULT '{}'::jsonb,
  attempt INTEGER NOT NULL DEFAULT 1,
  duration_ms INTEGER,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS public.agent_execution_logs (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id UUID NOT NULL REFERENCES public.tenants(id) ON DELETE CASCADE,
  execution_id UUID NOT NULL REFERENCES public.agent_executions(id) ON DELETE CASCADE,
  agent_id UUID REFERENCES public.agents(id) ON DELETE SET NULL,
  level TEXT NOT NULL DEFAULT 'info' CHECK (level IN ('debug', 'info', 'warn', 'error')),
  message TEXT NOT NULL,
  data JSONB NOT NULL DEFAULT '{}'::jsonb,
  tokens_used INTEGER,
  duration_ms INTEGER,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS public.error_logs (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id UUID NOT NULL REFERENCES public.tenants(id) ON DELETE CASCADE,
  user_id UUID REFERENCES auth.users(id) ON DELETE SET NULL,
  severity TEXT NOT NULL DEFAULT 'error' CHECK (severity IN ('warning', 'error', 'critical')),
  message TEXT NOT NULL,
  context JSONB NOT NULL DEFAULT '{}'::jsonb,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS public.performance_metrics (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id UUID NOT NULL REFERENCES public.tenants(id) ON DELETE CASCADE,
  metric TEXT NOT NULL,
  value DOUBLE PRECISION NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- Webhooks, and the files that executions leave.
CREATE TABLE IF NOT EXISTS public.webhook_endpoints (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id UUID NOT NULL REFERENCES public.tenants(id) ON DELETE CASCADE,
  url TEXT NOT NULL CHECK (url LIKE 'https://%'),
  secret TEXT NOT NULL DEFAULT public.generate_webhook_secret(),
  events TEXT[] NOT NULL DEFAULT '{}',
  enabled BOOLEAN NOT NULL DEFAULT true,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS public.artifacts (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id UUID NOT NULL REFERENCES public.tenants(id) ON DELETE CASCADE,
  execution_id UUID REFERENCES public.workflow_executions(id) ON DELETE SET NULL,
  name TEXT NOT NULL,
  content_type TEXT NOT NULL DEFAULT 'application/octet-stream',
  storage_path TEXT NOT NULL,
  size_bytes BIGINT NOT NULL DEFAULT 0 CHECK (size_bytes >= 0),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- Indexes: every reference, and what lists are filtered and sorted by.
CREATE INDEX IF NOT EXISTS idx_agents_tenant_id ON public.agents(tenant_id);
CREATE INDEX IF NOT EXISTS idx_agents_enabled ON public.agents(enabled);
CREATE INDEX IF NOT EXISTS idx_agents_category ON public.agents(category);
CREATE INDEX IF NOT EXISTS idx_agent_executions_agent_id ON public.agent_executions(agent_id);
CREATE INDEX IF NOT EXISTS idx_agent_executions_user_id ON public.agent_executions(user_id);
CREATE INDEX IF NOT EXISTS idx_agent_executions_tenant_id ON public.agent_executions(tenant_id);
CREATE INDEX IF NOT EXISTS idx_agent_executions_status ON public.agent_executions(status);
CREATE INDEX IF NOT EXISTS idx_agent_executions_started_at ON public.agent_executions(started_at DESC);
CREATE INDEX IF NOT EXISTS idx_workflows_tenant_id ON public.workflows(tenant_id);
CREATE INDEX IF NOT EXISTS idx_workflows_enabled ON public.workflows(enabled);
CREATE INDEX IF NOT EXISTS idx_workflows_category ON public.workflows(category);
CREATE INDEX IF NOT EXISTS idx_workflow_executions_workflow_id ON public.workflow_executions(workflow_id);
CREATE INDEX IF NOT EXISTS idx_workflow_executions_user_id ON public.workflow_executions(user_id);
CREATE INDEX IF NOT EXISTS idx_workflow_executions_tenant_id ON public.workflow_executions(tenant_id);
CREATE INDEX IF NOT EXISTS idx_workflow_executions_status ON public.workflow_executions(status);
CREATE INDEX IF NOT EXISTS idx_workflow_executions_started_at ON public.workflow_executions(started_at DESC);
CREATE INDEX IF NOT EXISTS idx_subscriptions_tenant_id ON public.subscriptions(tenant_id);
CREATE INDEX IF NOT EXISTS idx_subscriptions_user_id ON public.subscriptions(user_id);
CREATE INDEX IF NOT EXISTS idx_subscriptions_status ON public.subscriptions(status);
CREATE INDEX IF NOT EXISTS idx_usage_metrics_tenant_id ON public.usage_metrics(tenant_id);
CREATE INDEX IF NOT EXISTS idx_usage_metrics_period_start ON public.usage_metrics(period_start);
CREATE INDEX IF NOT EXISTS idx_billing_events_tenant_id ON public.billing_events(tenant_id);
CREATE INDEX IF NOT EXISTS idx_billing_events_created_at ON public.billing_events(created_at DESC);
CREATE INDEX IF NOT EXISTS idx_telemetry_events_tenant_id ON public.telemetry_events(tenant_id);
CREATE INDEX IF NOT EXISTS idx_telemetry_events_user_id ON public.telemetry_events(user_id);
CREATE INDEX IF NOT EXISTS idx_telemetry_events_created_at ON public.telemetry_events(created_at DESC);
CREATE INDEX IF NOT EXISTS idx_workflow_execution_logs_tenant_id ON public.workflow_execution_logs(tenant_id);
CREATE INDEX IF NOT EXISTS idx_workflow_execution_logs_execution_id ON public.workflow_execution_logs(execution_id);
CREATE INDEX IF NOT EXISTS idx_workflow_execution_logs_workflow_id ON public.workflow_execution_logs(workflow_id);
CREATE INDEX IF NOT EXISTS idx_workflow_execution_logs_created_at ON public.workflow_execution_logs(created_at DESC);
CREATE INDEX IF NOT EXISTS idx_agent_execution_logs_tenant_id ON public.agent_execution_logs(tenant_id);
CREATE INDEX IF NOT EXISTS idx_agent_execution_logs_execution_id ON public.agent_execution_logs(execution_id);
CREATE INDEX IF NOT EXISTS idx_agent_execution_logs_agent_id ON public.agent_execution_logs(agent_id);
CREATE INDEX IF NOT EXISTS idx_agent_execution_logs_created_at ON public.agent_execution_logs(created_at DESC);
CREATE INDEX IF NOT EXISTS idx_error_logs_tenant_id ON public.error_logs(tenant_id);
CREATE INDEX IF NOT EXISTS idx_error_logs_user_id ON public.error_logs(user_id);
CREATE INDEX IF NOT EXISTS idx_error_logs_severity ON public.error_logs(severity);
CREATE INDEX IF NOT EXISTS idx_error_logs_created_at ON public.error_logs(created_at DESC);
CREATE INDEX IF NOT EXISTS idx_performance_metrics_tenant_id ON public.performance_metrics(tenant_id);
CREATE INDEX IF NOT EXISTS idx_performance_metrics_recorded_at ON public.performance_metrics(recorded_at DESC);
CREATE INDEX IF NOT EXISTS idx_webhook_endpoints_tenant_id ON public.webhook_endpoints(tenant_id);
CREATE INDEX IF NOT EXISTS idx_webhook_endpoints_enabled ON public.webhook_endpoints(enabled);
CREATE INDEX IF NOT EXISTS idx_artifacts_tenant_id ON public.artifacts(tenant_id);
CREATE INDEX IF NOT EXISTS idx_artifacts_execution_id ON public.artifacts(execution_id);

-- What older code asks for. It shows the caller's own memberships and nobody else's, whatever rights the caller has on
-- the tables below; a visitor who is not signed in may ask, and gets no rows.
CREATE OR REPLACE VIEW public.user_tenants WITH (security_barrier = true) AS
SELECT m.user_id, m.tenant_id, m.role, t.name AS tenant_name, t.slug AS tenant_slug, m.created_at
FROM public.tenant_members m
JOIN public.tenants t ON t.id = m.tenant_id
WHERE m.user_id = (SELECT auth.uid());

-- Row-level security
ALTER TABLE public.tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.tenant_members ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.agents ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.agent_executions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.workflows ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.workflow_executions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.subscriptions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.usage_metrics ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.billing_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.telemetry_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.workflow_execution_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.agent_execution_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.error_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.performance_metrics ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.webhook_endpoints ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.artifacts ENABLE ROW LEVEL SECURITY;

-- Policies. They ask tenant_members itself, not the view: one index look-up for a statement. Executions from before
-- the tenants keep their two policies, narrowed to rows without a tenant; else an account could write into any.
DROP POLICY IF EXISTS "Tenant members can view agents" ON public.agents;
CREATE POLICY "Tenant members can view agents" ON public.agents
  FOR SELECT TO authenticated
  USING (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));
DROP POLICY IF EXISTS "Tenant members can insert agents" ON public.agents;
CREATE POLICY "Tenant members can insert agents" ON public.agents
  FOR INSERT TO authenticated
  WITH CHECK (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));
DROP POLICY IF EXISTS "Tenant members can update agents" ON public.agents;
CREATE POLICY "Tenant members can update agents" ON public.agents
  FOR UPDATE TO authenticated
  USING (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())))
  WITH CHECK (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));
DROP POLICY IF EXISTS "Tenant admins can delete agents" ON public.agents;
CREATE POLICY "Tenant admins can delete agents" ON public.agents
  FOR DELETE TO authenticated
  USING (
    tenant_id IN (
      SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid()) AND role IN ('owner', 'admin')));

DROP POLICY IF EXISTS "Tenant members can view workflows" ON public.workflows;
CREATE POLICY "Tenant members can view workflows" ON public.workflows
  FOR SELECT TO authenticated
  USING (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));
DROP POLICY IF EXISTS "Tenant members can insert workflows" ON public.workflows;
CREATE POLICY "Tenant members can insert workflows" ON public.workflows
  FOR INSERT TO authenticated
  WITH CHECK (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));
DROP POLICY IF EXISTS "Tenant members can update workflows" ON public.workflows;
CREATE POLICY "Tenant members can update workflows" ON public.workflows
  FOR UPDATE TO authenticated
  USING (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())))
  WITH CHECK (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));
DROP POLICY IF EXISTS "Tenant admins can delete workflows" ON public.workflows;
CREATE POLICY "Tenant admins can delete workflows" ON public.workflows
  FOR DELETE TO authenticated
  USING (
    tenant_id IN (
      SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid()) AND role IN ('owner', 'admin')));

DROP POLICY IF EXISTS "Tenant members can view agent executions" ON public.agent_executions;
CREATE POLICY "Tenant members can view agent executions" ON public.agent_executions
  FOR SELECT TO authenticated
  USING (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));
DROP POLICY IF EXISTS "Tenant members can insert agent executions" ON public.agent_executions;
CREATE POLICY "Tenant members can insert agent executions" ON public.agent_executions
  FOR INSERT TO authenticated
  WITH CHECK (
    user_id = (SELECT auth.uid())
    AND tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));

DROP POLICY IF EXISTS "Users can view own workflow executions" ON public.workflow_executions;
CREATE POLICY "Users can view own workflow executions" ON public.workflow_executions
  FOR SELECT TO authenticated USING (user_id = (SELECT auth.uid()) AND tenant_id IS NULL);
DROP POLICY IF EXISTS "Users can insert own workflow executions" ON public.workflow_executions;
CREATE POLICY "Users can insert own workflow executions" ON public.workflow_executions
  FOR INSERT TO authenticated WITH CHECK (user_id = (SELECT auth.uid()) AND tenant_id IS NULL);
DROP POLICY IF EXISTS "Tenant members can view workflow executions" ON public.workflow_executions;
CREATE POLICY "Tenant members can view workflow executions" ON public.workflow_executions
  FOR SELECT TO authenticated
  USING (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));
DROP POLICY IF EXISTS "Tenant members can insert workflow executions" ON public.workflow_executions;
CREATE POLICY "Tenant members can insert workflow executions" ON public.workflow_executions
  FOR INSERT TO authenticated
  WITH CHECK (
    user_id = (SELECT auth.uid())
    AND tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));

DROP POLICY IF EXISTS "Tenant members can view subscriptions" ON public.subscriptions;
CREATE POLICY "Tenant members can view subscriptions" ON public.subscriptions
  FOR SELECT TO authenticated
  USING (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));
DROP POLICY IF EXISTS "Tenant admins can insert subscriptions" ON public.subscriptions;
CREATE POLICY "Tenant admins can insert subscriptions" ON public.subscriptions
  FOR INSERT TO authenticated
  WITH CHECK (
    tenant_id IN (
      SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid()) AND role IN ('owner', 'admin')));
DROP POLICY IF EXISTS "Tenant admins can update subscriptions" ON public.subscriptions;
CREATE POLICY "Tenant admins can update subscriptions" ON public.subscriptions
  FOR UPDATE TO authenticated
  USING (
    tenant_id IN (
      SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid()) AND role IN ('owner', 'admin')))
  WITH CHECK (
    tenant_id IN (
      SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid()) AND role IN ('owner', 'admin')));

DROP POLICY IF EXISTS "Tenant members can view usage metrics" ON public.usage_metrics;
CREATE POLICY "Tenant members can view usage metrics" ON public.usage_metrics
  FOR SELECT TO authenticated
  USING (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));
DROP POLICY IF EXISTS "Tenant members can insert usage metrics" ON public.usage_metrics;
CREATE POLICY "Tenant members can insert usage metrics" ON public.usage_metrics
  FOR INSERT TO authenticated
  WITH CHECK (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));

DROP POLICY IF EXISTS "Tenant admins can view billing events" ON public.billing_events;
CREATE POLICY "Tenant admins can view billing events" ON public.billing_events
  FOR SELECT TO authenticated
  USING (
    tenant_id IN (
      SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid()) AND role IN ('owner', 'admin')));

DROP POLICY IF EXISTS "Tenant members can view telemetry events" ON public.telemetry_events;
CREATE POLICY "Tenant members can view telemetry events" ON public.telemetry_events
  FOR SELECT TO authenticated
  USING (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));
DROP POLICY IF EXISTS "Users can insert own telemetry events" ON public.telemetry_events;
CREATE POLICY "Users can insert own telemetry events" ON public.telemetry_events
  FOR INSERT TO authenticated
  WITH CHECK (
    user_id = (SELECT auth.uid())
    AND (tenant_id IS NULL
      OR tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid()))));

DROP POLICY IF EXISTS "Tenant members can view workflow execution logs" ON public.workflow_execution_logs;
CREATE POLICY "Tenant members can view workflow execution logs" ON public.workflow_execution_logs
  FOR SELECT TO authenticated
  USING (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));
DROP POLICY IF EXISTS "Tenant members can insert workflow execution logs" ON public.workflow_execution_logs;
CREATE POLICY "Tenant members can insert workflow execution logs" ON public.workflow_execution_logs
  FOR INSERT TO authenticated
  WITH CHECK (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));

DROP POLICY IF EXISTS "Tenant members can view agent execution logs" ON public.agent_execution_logs;
CREATE POLICY "Tenant members can view agent execution logs" ON public.agent_execution_logs
  FOR SELECT TO authenticated
  USING (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));
DROP POLICY IF EXISTS "Tenant members can insert agent execution logs" ON public.agent_execution_logs;
CREATE POLICY "Tenant members can insert agent execution logs" ON public.agent_execution_logs
  FOR INSERT TO authenticated
  WITH CHECK (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));

DROP POLICY IF EXISTS "Tenant members can view error logs" ON public.error_logs;
CREATE POLICY "Tenant members can view error logs" ON public.error_logs
  FOR SELECT TO authenticated
  USING (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));
DROP POLICY IF EXISTS "Tenant members can insert error logs" ON public.error_logs;
CREATE POLICY "Tenant members can insert error logs" ON public.error_logs
  FOR INSERT TO authenticated
  WITH CHECK (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));

DROP POLICY IF EXISTS "Tenant members can view performance metrics" ON public.performance_metrics;
CREATE POLICY "Tenant members can view performance metrics" ON public.performance_metrics
  FOR SELECT TO authenticated
  USING (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));

DROP POLICY IF EXISTS "Tenant admins can view webhook endpoints" ON public.webhook_endpoints;
CREATE POLICY "Tenant admins can view webhook endpoints" ON public.webhook_endpoints
  FOR SELECT TO authenticated
  USING (
    tenant_id IN (
      SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid()) AND role IN ('owner', 'admin')));
DROP POLICY IF EXISTS "Tenant admins can insert webhook endpoints" ON public.webhook_endpoints;
CREATE POLICY "Tenant admins can insert webhook endpoints" ON public.webhook_endpoints
  FOR INSERT TO authenticated
  WITH CHECK (
    tenant_id IN (
      SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid()) AND role IN ('owner', 'admin')));
DROP POLICY IF EXISTS "Tenant admins can update webhook endpoints" ON public.webhook_endpoints;
CREATE POLICY "Tenant admins can update webhook endpoints" ON public.webhook_endpoints
  FOR UPDATE TO authenticated
  USING (
    tenant_id IN (
      SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid()) AND role IN ('owner', 'admin')))
  WITH CHECK (
    tenant_id IN (
      SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid()) AND role IN ('owner', 'admin')));
DROP POLICY IF EXISTS "Tenant admins can delete webhook endpoints" ON public.webhook_endpoints;
CREATE POLICY "Tenant admins can delete webhook endpoints" ON public.webhook_endpoints
  FOR DELETE TO authenticated
  USING (
    tenant_id IN (
      SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid()) AND role IN ('owner', 'admin')));

DROP POLICY IF EXISTS "Tenant members can view artifacts" ON public.artifacts;
CREATE POLICY "Tenant members can view artifacts" ON public.artifacts
  FOR SELECT TO authenticated
  USING (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));
DROP POLICY IF EXISTS "Tenant members can insert artifacts" ON public.artifacts;
CREATE POLICY "Tenant members can insert artifacts" ON public.artifacts
  FOR INSERT TO authenticated
  WITH CHECK (
    tenant_id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));

-- Triggers
CREATE OR REPLACE TRIGGER update_agents_updated_at BEFORE UPDATE ON public.agents
  FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();
CREATE OR REPLACE TRIGGER update_workflows_updated_at BEFORE UPDATE ON public.workflows
  FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();
CREATE OR REPLACE TRIGGER update_subscriptions_updated_at BEFORE UPDATE ON public.subscriptions
  FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();
CREATE OR REPLACE TRIGGER update_webhook_endpoints_updated_at BEFORE UPDATE ON public.webhook_endpoints
  FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();
CREATE OR REPLACE TRIGGER update_tenant_members_updated_at BEFORE UPDATE ON public.tenant_members
  FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();

-- Grants: nothing for everybody, the view alone for visitors, rows under row-level security for those signed in,
-- everything for the service.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON
  public.tenants, public.tenant_members, public.agents, public.agent_executions, public.workflows,
  public.workflow_executions, public.subscriptions, public.usage_metrics, public.billing_events,
  public.telemetry_events, public.workflow_execution_logs, public.agent_execution_logs, public.error_logs,
  public.performance_metrics, public.webhook_endpoints, public.artifacts, public.user_tenants
  FROM PUBLIC, anon, authenticated;
REVOKE ALL ON FUNCTION public.update_updated_at_column(), public.generate_webhook_secret()
  FROM PUBLIC, anon, authenticated;

GRANT SELECT, INSERT, UPDATE, DELETE ON
  public.tenants, public.tenant_members, public.agents, public.agent_executions, public.workflows,
  public.workflow_executions, public.subscriptions, public.usage_metrics, public.billing_events,
  public.telemetry_events, public.workflow_execution_logs, public.agent_execution_logs, public.error_logs,
  public.performance_metrics, public.webhook_endpoints, public.artifacts
  TO authenticated;
GRANT SELECT ON public.user_tenants TO anon, authenticated;
GRANT EXECUTE ON FUNCTION public.generate_webhook_secret() TO authenticated;
GRANT ALL ON
  public.tenants, public.tenant_members, public.agents, public.agent_executions, public.workflows,
  public.workflow_executions, public.subscriptions, public.usage_metrics, public.billing_events,
  public.telemetry_events, public.workflow_execution_logs, public.agent_execution_logs, public.error_logs,
  public.performance_metrics, public.webhook_endpoints, public.artifacts, public.user_tenants
  TO service_role;
GRANT EXECUTE ON FUNCTION public.update_updated_at_column(), public.generate_webhook_secret() TO service_role;

-- Realtime, where the database has it.
DO $$
DECLARE
  wanted TEXT;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_publication WHERE pubname = 'supabase_realtime') THEN
    RAISE NOTICE 'there is no publication supabase_realtime: nothing is added to it';
    RETURN;
  END IF;
  FOREACH wanted IN ARRAY ARRAY[
    'agent_executions', 'workflow_executions', 'agent_execution_logs', 'workflow_execution_logs']
  LOOP
    IF NOT EXISTS (
      SELECT 1 FROM pg_publication_tables
      WHERE pubname = 'supabase_realtime' AND schemaname = 'public' AND tablename = wanted)
    THEN
      EXECUTE format('ALTER PUBLICATION supabase_realtime ADD TABLE public.%I', wanted);
    END IF;
  END LOOP;
END $$;

COMMIT;

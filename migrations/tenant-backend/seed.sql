-- The database as it was before the patch: tenants and their members, and executions and telemetry of a time when an
-- account was all that a row belonged to.

CREATE TABLE public.tenants (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  name TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  plan TEXT NOT NULL DEFAULT 'free',
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE public.tenant_members (
  tenant_id UUID NOT NULL REFERENCES public.tenants(id) ON DELETE CASCADE,
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  role TEXT NOT NULL DEFAULT 'member' CHECK (role IN ('owner', 'admin', 'member')),
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, user_id)
);
CREATE INDEX idx_tenant_members_user_id ON public.tenant_members(user_id);

ALTER TABLE public.tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.tenant_members ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Members can view their memberships" ON public.tenant_members
  FOR SELECT TO authenticated USING (user_id = (SELECT auth.uid()));
CREATE POLICY "Members can view their tenants" ON public.tenants
  FOR SELECT TO authenticated USING (
    id IN (SELECT tenant_id FROM public.tenant_members WHERE user_id = (SELECT auth.uid())));

-- Workflows were kept by the application, so there is nothing for workflow_id to refer to.
CREATE TABLE public.workflow_executions (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  workflow_id UUID NOT NULL,
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  parent_execution_id UUID REFERENCES public.workflow_executions(id) ON DELETE SET NULL,
  status TEXT NOT NULL DEFAULT 'pending'
    CHECK (status IN ('pending', 'running', 'completed', 'failed', 'cancelled')),
  input JSONB NOT NULL DEFAULT '{}'::jsonb,
  output JSONB,
  error_message TEXT,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  completed_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_workflow_executions_parent ON public.workflow_executions(parent_execution_id);
CREATE INDEX idx_workflow_executions_user_started ON public.workflow_executions(user_id, started_at DESC);
CREATE INDEX idx_workflow_executions_unfinished ON public.workflow_executions(created_at) WHERE completed_at IS NULL;

ALTER TABLE public.workflow_executions ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users can view own workflow executions" ON public.workflow_executions
  FOR SELECT TO authenticated USING (user_id = (SELECT auth.uid()));
CREATE POLICY "Users can insert own workflow executions" ON public.workflow_executions
  FOR INSERT TO authenticated WITH CHECK (user_id = (SELECT auth.uid()));

-- Telemetry had no row security at all.
CREATE TABLE public.telemetry_events (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id UUID REFERENCES auth.users(id) ON DELETE SET NULL,
  event_name TEXT NOT NULL,
  properties JSONB NOT NULL DEFAULT '{}'::jsonb,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_telemetry_events_event_name ON public.telemetry_events(event_name);

INSERT INTO auth.users (id, aud, role, email) VALUES
  ('00000000-0000-0000-0000-0000000000a1', 'authenticated', 'authenticated', 'ada@acme.example'),
  ('00000000-0000-0000-0000-0000000000a2', 'authenticated', 'authenticated', 'ben@acme.example'),
  ('00000000-0000-0000-0000-0000000000b1', 'authenticated', 'authenticated', 'cleo@borealis.example');

INSERT INTO public.tenants (id, name, slug, plan) VALUES
  ('00000000-0000-0000-0000-00000000aaaa', 'Acme', 'acme', 'team'),
  ('00000000-0000-0000-0000-00000000bbbb', 'Borealis', 'borealis', 'free');

-- Ada works for both, so nothing tells which of them her executions were for.
INSERT INTO public.tenant_members (tenant_id, user_id, role) VALUES
  ('00000000-0000-0000-0000-00000000aaaa', '00000000-0000-0000-0000-0000000000a1', 'owner'),
  ('00000000-0000-0000-0000-00000000aaaa', '00000000-0000-0000-0000-0000000000a2', 'member'),
  ('00000000-0000-0000-0000-00000000bbbb', '00000000-0000-0000-0000-0000000000a1', 'member'),
  ('00000000-0000-0000-0000-00000000bbbb', '00000000-0000-0000-0000-0000000000b1', 'owner');

INSERT INTO public.workflow_executions (workflow_id, user_id, status, started_at, completed_at)
SELECT
  '00000000-0000-0000-0000-00000000f001', account, status, started_at,
  CASE WHEN status IN ('completed', 'failed') THEN started_at + interval '40 seconds' END
FROM (
  SELECT
    (ARRAY['00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000a2',
      '00000000-0000-0000-0000-0000000000b1'])[1 + n % 3]::uuid AS account,
    (ARRAY['completed', 'completed', 'failed', 'running'])[1 + n % 4] AS status,
    timestamptz '2025-01-01 08:00+00' + n * interval '37 minutes' AS started_at
  FROM generate_series(1, 120) AS n
) AS executions;

INSERT INTO public.telemetry_events (user_id, event_name, properties, created_at)
SELECT
  (ARRAY['00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000a2',
    '00000000-0000-0000-0000-0000000000b1', NULL])[1 + n % 4]::uuid,
  (ARRAY['page_viewed', 'workflow_started', 'workflow_finished'])[1 + n % 3],
  jsonb_build_object('sequence', n),
  timestamptz '2025-01-01 08:00+00' + n * interval '11 minutes'
FROM generate_series(1, 400) AS n;

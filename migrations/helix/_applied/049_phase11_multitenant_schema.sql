-- Phase 11: tenants (organisations) above workspaces. Everyone who owns a workspace gets a tenant for it.

CREATE TABLE public.tenants (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  name TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  owner_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE RESTRICT,
  plan public.subscription_tier NOT NULL DEFAULT 'team',
  settings JSONB NOT NULL DEFAULT '{}'::jsonb,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE public.tenant_members (
  tenant_id UUID NOT NULL REFERENCES public.tenants(id) ON DELETE CASCADE,
  user_id UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  role public.workspace_role NOT NULL DEFAULT 'member',
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, user_id)
);
CREATE INDEX idx_tenant_members_user_id ON public.tenant_members(user_id);

ALTER TABLE public.workspaces ADD COLUMN tenant_id UUID REFERENCES public.tenants(id) ON DELETE RESTRICT;
ALTER TABLE public.instances ADD COLUMN tenant_id UUID REFERENCES public.tenants(id) ON DELETE SET NULL;
ALTER TABLE public.agents ADD COLUMN tenant_id UUID REFERENCES public.tenants(id) ON DELETE CASCADE;

INSERT INTO public.tenants (name, slug, owner_id)
SELECT name, slug, owner_id FROM public.workspaces
ON CONFLICT (slug) DO NOTHING;
UPDATE public.workspaces w SET tenant_id = t.id FROM public.tenants t WHERE t.slug = w.slug;
INSERT INTO public.tenant_members (tenant_id, user_id, role)
SELECT w.tenant_id, m.user_id, m.role
FROM public.workspace_members m JOIN public.workspaces w ON w.id = m.workspace_id
ON CONFLICT DO NOTHING;

CREATE INDEX idx_workspaces_tenant_id ON public.workspaces(tenant_id);
CREATE INDEX idx_instances_tenant_id ON public.instances(tenant_id);
CREATE INDEX idx_agents_tenant_id ON public.agents(tenant_id);

CREATE FUNCTION public.current_tenant_ids() RETURNS SETOF UUID
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT tenant_id FROM tenant_members WHERE user_id = auth.uid();
$$;

CREATE TRIGGER tenants_set_updated_at BEFORE UPDATE ON public.tenants
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();

ALTER TABLE public.tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.tenant_members ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Members can view tenant" ON public.tenants
  FOR SELECT USING (id IN (SELECT public.current_tenant_ids()));
CREATE POLICY "Owners manage tenant" ON public.tenants
  FOR ALL USING (owner_id = auth.uid()) WITH CHECK (owner_id = auth.uid());
CREATE POLICY "Members can view tenant members" ON public.tenant_members
  FOR SELECT USING (tenant_id IN (SELECT public.current_tenant_ids()));

-- Audit of what organizations, workflows, subscriptions and integrations go through.

CREATE TABLE public.audit_logs (
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
CREATE INDEX "audit_logs_userId_idx" ON public.audit_logs("userId");
CREATE INDEX "audit_logs_resource_resourceId_idx" ON public.audit_logs(resource, "resourceId");
CREATE INDEX audit_logs_timestamp_idx ON public.audit_logs("timestamp");
COMMENT ON TABLE public.audit_logs IS 'General audit logging, written by triggers';
COMMENT ON COLUMN public.audit_logs."userId" IS 'Null if a service did it, or the user is gone';
COMMENT ON COLUMN public.audit_logs."resourceId" IS 'The id of the row';
COMMENT ON COLUMN public.audit_logs.before IS 'The row before; null if it is new';
COMMENT ON COLUMN public.audit_logs.after IS 'The row after; null if it is gone';

ALTER TABLE public.audit_logs ENABLE ROW LEVEL SECURITY;

CREATE POLICY "Users can view own audit log" ON public.audit_logs
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
CREATE POLICY "Admins can view all audit logs" ON public.audit_logs
  FOR SELECT TO authenticated
  USING ((SELECT public.is_admin()));

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

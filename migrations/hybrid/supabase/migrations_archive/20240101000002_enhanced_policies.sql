-- Enhanced policies: administrators, and members of organizations.

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

CREATE OR REPLACE TRIGGER users_guard_role BEFORE UPDATE OF id, role ON public.users
  FOR EACH ROW EXECUTE FUNCTION public.guard_user_role();

CREATE POLICY admins_read_users ON public.users FOR SELECT USING (public.is_admin());
CREATE POLICY own_account ON public.users FOR SELECT USING (auth.uid() = id);
CREATE POLICY members_read_organizations ON public.organizations FOR SELECT
  USING (public.is_organization_member(id));
CREATE POLICY members_read_workflows ON public.workflows FOR SELECT
  USING (public.is_organization_member("organizationId"));
CREATE POLICY flags_are_public ON public.feature_flags FOR SELECT USING (true);
CREATE POLICY offers_are_public ON public.offers FOR SELECT USING ("isActive");

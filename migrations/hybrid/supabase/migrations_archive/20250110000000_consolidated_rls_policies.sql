-- One set of policies, by command and role, instead of the first ones.

DO $$
DECLARE
  relation TEXT;
BEGIN
  FOREACH relation IN ARRAY ARRAY[
    'sessions', 'events', 'patterns', 'relationships', 'organization_members', 'workflows', 'privacy_prefs',
    'app_allowlist', 'signal_toggles', 'subscriptions', 'utm_tracks', 'cohorts', 'user_integrations'
  ]
  LOOP
    EXECUTE format('DROP POLICY IF EXISTS %I ON public.%I', relation || '_own_rows', relation);
  END LOOP;
END $$;

DROP POLICY admins_read_users ON public.users;
DROP POLICY own_account ON public.users;
DROP POLICY members_read_organizations ON public.organizations;
DROP POLICY members_read_workflows ON public.workflows;
DROP POLICY flags_are_public ON public.feature_flags;
DROP POLICY offers_are_public ON public.offers;

CREATE POLICY "Users can view own account" ON public.users
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = id);
CREATE POLICY "Users can update own account" ON public.users
  FOR UPDATE TO authenticated
  USING ((SELECT auth.uid()) = id)
  WITH CHECK ((SELECT auth.uid()) = id);
CREATE POLICY "Admins can view all accounts" ON public.users
  FOR SELECT TO authenticated
  USING ((SELECT public.is_admin()));
CREATE POLICY "Admins can update all accounts" ON public.users
  FOR UPDATE TO authenticated
  USING ((SELECT public.is_admin()))
  WITH CHECK ((SELECT public.is_admin()));

CREATE POLICY "Users can view own sessions" ON public.sessions
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can delete own sessions" ON public.sessions
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "userId");
CREATE POLICY "Admins can view all sessions" ON public.sessions
  FOR SELECT TO authenticated
  USING ((SELECT public.is_admin()));
CREATE POLICY "Admins can end all sessions" ON public.sessions
  FOR DELETE TO authenticated
  USING ((SELECT public.is_admin()));

CREATE POLICY "Users can view own events" ON public.events
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can insert own events" ON public.events
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can delete own events" ON public.events
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "userId");

CREATE POLICY "Users can view own patterns" ON public.patterns
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can insert own patterns" ON public.patterns
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can update own patterns" ON public.patterns
  FOR UPDATE TO authenticated
  USING ((SELECT auth.uid()) = "userId")
  WITH CHECK ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can delete own patterns" ON public.patterns
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "userId");

CREATE POLICY "Users can view own relationships" ON public.relationships
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can insert own relationships" ON public.relationships
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can update own relationships" ON public.relationships
  FOR UPDATE TO authenticated
  USING ((SELECT auth.uid()) = "userId")
  WITH CHECK ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can delete own relationships" ON public.relationships
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "userId");

CREATE POLICY "Members can view their organizations" ON public.organizations
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "ownerId" OR public.is_organization_member(id));
CREATE POLICY "Users can found organizations" ON public.organizations
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "ownerId");
CREATE POLICY "Organization admins can update organizations" ON public.organizations
  FOR UPDATE TO authenticated
  USING (public.is_organization_admin(id))
  WITH CHECK (public.is_organization_admin(id));
CREATE POLICY "Owners can delete organizations" ON public.organizations
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "ownerId");
CREATE POLICY "Admins can view all organizations" ON public.organizations
  FOR SELECT TO authenticated
  USING ((SELECT public.is_admin()));

CREATE POLICY "Members can view members" ON public.organization_members
  FOR SELECT TO authenticated
  USING (public.is_organization_member("organizationId"));
CREATE POLICY "Organization admins can add members" ON public.organization_members
  FOR INSERT TO authenticated
  WITH CHECK (public.is_organization_admin("organizationId"));
CREATE POLICY "Organization admins can update members" ON public.organization_members
  FOR UPDATE TO authenticated
  USING (public.is_organization_admin("organizationId"))
  WITH CHECK (public.is_organization_admin("organizationId"));
CREATE POLICY "Members can leave, admins can remove" ON public.organization_members
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "userId" OR public.is_organization_admin("organizationId"));
CREATE POLICY "Admins can view all members" ON public.organization_members
  FOR SELECT TO authenticated
  USING ((SELECT public.is_admin()));

CREATE POLICY "Users can view own workflows" ON public.workflows
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can insert own workflows" ON public.workflows
  FOR INSERT TO authenticated
  WITH CHECK (
    (SELECT auth.uid()) = "userId"
    AND ("organizationId" IS NULL OR public.is_organization_member("organizationId")));
CREATE POLICY "Users can update own workflows" ON public.workflows
  FOR UPDATE TO authenticated
  USING ((SELECT auth.uid()) = "userId")
  WITH CHECK (
    (SELECT auth.uid()) = "userId"
    AND ("organizationId" IS NULL OR public.is_organization_member("organizationId")));
CREATE POLICY "Users can delete own workflows" ON public.workflows
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "userId");
CREATE POLICY "Organization members can view workflows" ON public.workflows
  FOR SELECT TO authenticated
  USING (public.is_organization_member("organizationId"));
CREATE POLICY "Organization admins can update workflows" ON public.workflows
  FOR UPDATE TO authenticated
  USING (public.is_organization_admin("organizationId"))
  WITH CHECK (public.is_organization_admin("organizationId"));
CREATE POLICY "Admins can view all workflows" ON public.workflows
  FOR SELECT TO authenticated
  USING ((SELECT public.is_admin()));

CREATE POLICY "Versions are as visible as their workflow" ON public.workflow_versions
  FOR SELECT TO authenticated
  USING ("workflowId" IN (SELECT id FROM public.workflows));

CREATE POLICY "Users can view own privacy preferences" ON public.privacy_prefs
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can insert own privacy preferences" ON public.privacy_prefs
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can update own privacy preferences" ON public.privacy_prefs
  FOR UPDATE TO authenticated
  USING ((SELECT auth.uid()) = "userId")
  WITH CHECK ((SELECT auth.uid()) = "userId");

CREATE POLICY "Users can view own allowed apps" ON public.app_allowlist
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can insert own allowed apps" ON public.app_allowlist
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can update own allowed apps" ON public.app_allowlist
  FOR UPDATE TO authenticated
  USING ((SELECT auth.uid()) = "userId")
  WITH CHECK ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can delete own allowed apps" ON public.app_allowlist
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "userId");

CREATE POLICY "Users can view own signal toggles" ON public.signal_toggles
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can insert own signal toggles" ON public.signal_toggles
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can update own signal toggles" ON public.signal_toggles
  FOR UPDATE TO authenticated
  USING ((SELECT auth.uid()) = "userId")
  WITH CHECK ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can delete own signal toggles" ON public.signal_toggles
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "userId");

CREATE POLICY "Everybody can view current offers" ON public.offers
  FOR SELECT TO anon, authenticated
  USING ("isActive");
CREATE POLICY "Admins can manage offers" ON public.offers
  FOR ALL TO authenticated
  USING ((SELECT public.is_admin()))
  WITH CHECK ((SELECT public.is_admin()));

CREATE POLICY "Users can view own subscriptions" ON public.subscriptions
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
CREATE POLICY "Admins can view all subscriptions" ON public.subscriptions
  FOR SELECT TO authenticated
  USING ((SELECT public.is_admin()));

CREATE POLICY "Everybody can view feature flags" ON public.feature_flags
  FOR SELECT TO anon, authenticated
  USING (true);
CREATE POLICY "Admins can manage feature flags" ON public.feature_flags
  FOR ALL TO authenticated
  USING ((SELECT public.is_admin()))
  WITH CHECK ((SELECT public.is_admin()));

CREATE POLICY "Users can view own tracks" ON public.utm_tracks
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can insert own tracks" ON public.utm_tracks
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "userId");
CREATE POLICY "Admins can view all tracks" ON public.utm_tracks
  FOR SELECT TO authenticated
  USING ((SELECT public.is_admin()));

CREATE POLICY "Users can view own cohorts" ON public.cohorts
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
CREATE POLICY "Admins can manage cohorts" ON public.cohorts
  FOR ALL TO authenticated
  USING ((SELECT public.is_admin()))
  WITH CHECK ((SELECT public.is_admin()));

CREATE POLICY "Users can view own integrations" ON public.user_integrations
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can insert own integrations" ON public.user_integrations
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can update own integrations" ON public.user_integrations
  FOR UPDATE TO authenticated
  USING ((SELECT auth.uid()) = "userId")
  WITH CHECK ((SELECT auth.uid()) = "userId");
CREATE POLICY "Users can delete own integrations" ON public.user_integrations
  FOR DELETE TO authenticated
  USING ((SELECT auth.uid()) = "userId");

CREATE POLICY "Users can view own enforced sessions" ON public.mfa_enforced_sessions
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");
CREATE POLICY "Admins can view all enforced sessions" ON public.mfa_enforced_sessions
  FOR SELECT TO authenticated
  USING ((SELECT public.is_admin()));

CREATE POLICY "Users can view own transparency log" ON public.privacy_transparency_log
  FOR SELECT TO authenticated
  USING ((SELECT auth.uid()) = "userId");

CREATE POLICY "Admins can view all metrics" ON public.metrics_log
  FOR SELECT TO authenticated
  USING ((SELECT public.is_admin()));

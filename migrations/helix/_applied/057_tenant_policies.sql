-- Members of a tenant see its workspaces and agents. Replaces the policies of 007 and 043.

DROP POLICY "Members can view workspace" ON public.workspaces;
CREATE POLICY "Members can view workspace" ON public.workspaces
  FOR SELECT USING (
    owner_id = (SELECT auth.uid())
    OR public.is_workspace_member(id)
    OR tenant_id IN (SELECT public.current_tenant_ids())
  );

DROP POLICY "Users manage own agents" ON public.agents;
CREATE POLICY "Owners manage agents" ON public.agents
  FOR ALL USING (user_id = (SELECT auth.uid())) WITH CHECK (user_id = (SELECT auth.uid()));
CREATE POLICY "Tenant members can view agents" ON public.agents
  FOR SELECT USING (tenant_id IN (SELECT public.current_tenant_ids()));

ALTER POLICY "Owners manage workspace" ON public.workspaces TO authenticated;
ALTER POLICY "Members can leave" ON public.workspace_members RENAME TO "Members can leave workspace";

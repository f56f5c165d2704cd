-- Who may do what, table by table. People reach their own rows; the service role reaches all of them; nobody deletes
-- a subscription from a client. Safe to run again.

-- Instances
DROP POLICY IF EXISTS "Users can select own instances" ON public.instances;
CREATE POLICY "Users can select own instances" ON public.instances
  FOR SELECT TO authenticated USING ((SELECT auth.uid()) = user_id);
DROP POLICY IF EXISTS "Users can insert own instances" ON public.instances;
CREATE POLICY "Users can insert own instances" ON public.instances
  FOR INSERT TO authenticated WITH CHECK ((SELECT auth.uid()) = user_id);
DROP POLICY IF EXISTS "Users can update own instances" ON public.instances;
CREATE POLICY "Users can update own instances" ON public.instances
  FOR UPDATE TO authenticated USING ((SELECT auth.uid()) = user_id) WITH CHECK ((SELECT auth.uid()) = user_id);
DROP POLICY IF EXISTS "Users can delete own instances" ON public.instances;
CREATE POLICY "Users can delete own instances" ON public.instances
  FOR DELETE TO authenticated USING ((SELECT auth.uid()) = user_id);
DROP POLICY IF EXISTS "Tenant members can select instances" ON public.instances;
CREATE POLICY "Tenant members can select instances" ON public.instances
  FOR SELECT TO authenticated USING (tenant_id IN (SELECT public.current_tenant_ids()));
DROP POLICY IF EXISTS "Service role manages instances" ON public.instances;
CREATE POLICY "Service role manages instances" ON public.instances
  FOR ALL TO service_role USING (true) WITH CHECK (true);

-- Subscriptions: read by their owner, changed by the service only. A new one can only be free.
DROP POLICY IF EXISTS "Users can select own subscription" ON public.subscriptions;
CREATE POLICY "Users can select own subscription" ON public.subscriptions
  FOR SELECT TO authenticated USING ((SELECT auth.uid()) = user_id);
DROP POLICY IF EXISTS "Users can insert own free subscription" ON public.subscriptions;
CREATE POLICY "Users can insert own free subscription" ON public.subscriptions
  FOR INSERT TO authenticated WITH CHECK ((SELECT auth.uid()) = user_id AND tier = 'free' AND status = 'active');
DROP POLICY IF EXISTS "Clients cannot delete subscriptions" ON public.subscriptions;
CREATE POLICY "Clients cannot delete subscriptions" ON public.subscriptions
  AS RESTRICTIVE FOR DELETE TO anon, authenticated USING (false);
DROP POLICY IF EXISTS "Service role manages subscriptions" ON public.subscriptions;
CREATE POLICY "Service role manages subscriptions" ON public.subscriptions
  FOR ALL TO service_role USING (true) WITH CHECK (true);
REVOKE UPDATE, DELETE, TRUNCATE ON public.subscriptions FROM anon, authenticated;

-- Preferences
DROP POLICY IF EXISTS "Users can select own preferences" ON public.user_preferences;
CREATE POLICY "Users can select own preferences" ON public.user_preferences
  FOR SELECT TO authenticated USING ((SELECT auth.uid()) = user_id);
DROP POLICY IF EXISTS "Users can insert own preferences" ON public.user_preferences;
CREATE POLICY "Users can insert own preferences" ON public.user_preferences
  FOR INSERT TO authenticated WITH CHECK ((SELECT auth.uid()) = user_id);
DROP POLICY IF EXISTS "Users can update own preferences" ON public.user_preferences;
CREATE POLICY "Users can update own preferences" ON public.user_preferences
  FOR UPDATE TO authenticated USING ((SELECT auth.uid()) = user_id) WITH CHECK ((SELECT auth.uid()) = user_id);
DROP POLICY IF EXISTS "Users can delete own preferences" ON public.user_preferences;
CREATE POLICY "Users can delete own preferences" ON public.user_preferences
  FOR DELETE TO authenticated USING ((SELECT auth.uid()) = user_id);
DROP POLICY IF EXISTS "Service role manages preferences" ON public.user_preferences;
CREATE POLICY "Service role manages preferences" ON public.user_preferences
  FOR ALL TO service_role USING (true) WITH CHECK (true);

-- Profiles: made with the account, so they are neither inserted nor deleted from a client. Replaces 004's policies.
DROP POLICY IF EXISTS "Users can view own profile" ON public.user_profiles;
DROP POLICY IF EXISTS "Users can edit own profile" ON public.user_profiles;
DROP POLICY IF EXISTS "Users can select own profile" ON public.user_profiles;
CREATE POLICY "Users can select own profile" ON public.user_profiles
  FOR SELECT TO authenticated USING ((SELECT auth.uid()) = user_id);
DROP POLICY IF EXISTS "Users can update own profile" ON public.user_profiles;
CREATE POLICY "Users can update own profile" ON public.user_profiles
  FOR UPDATE TO authenticated USING ((SELECT auth.uid()) = user_id) WITH CHECK ((SELECT auth.uid()) = user_id);
DROP POLICY IF EXISTS "Service role manages profiles" ON public.user_profiles;
CREATE POLICY "Service role manages profiles" ON public.user_profiles
  FOR ALL TO service_role USING (true) WITH CHECK (true);

-- API keys
DROP POLICY IF EXISTS "Users can delete own API keys" ON public.user_api_keys;
CREATE POLICY "Users can delete own API keys" ON public.user_api_keys
  FOR DELETE TO authenticated USING ((SELECT auth.uid()) = user_id);
DROP POLICY IF EXISTS "Service role manages API keys" ON public.user_api_keys;
CREATE POLICY "Service role manages API keys" ON public.user_api_keys
  FOR ALL TO service_role USING (true) WITH CHECK (true);

-- Reports: inserted and read by their owner (070), never changed; removed by their owner.
DROP POLICY IF EXISTS "Users can delete own telemetry" ON public.telemetry;
CREATE POLICY "Users can delete own telemetry" ON public.telemetry
  FOR DELETE TO authenticated USING ((SELECT auth.uid()) = user_id);
DROP POLICY IF EXISTS "Service role manages telemetry" ON public.telemetry;
CREATE POLICY "Service role manages telemetry" ON public.telemetry
  FOR ALL TO service_role USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS "Users can delete own heartbeats" ON public.heartbeats;
CREATE POLICY "Users can delete own heartbeats" ON public.heartbeats
  FOR DELETE TO authenticated USING ((SELECT auth.uid()) = user_id);
DROP POLICY IF EXISTS "Service role manages heartbeats" ON public.heartbeats;
CREATE POLICY "Service role manages heartbeats" ON public.heartbeats
  FOR ALL TO service_role USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS "Users can delete own transformations" ON public.transformations;
CREATE POLICY "Users can delete own transformations" ON public.transformations
  FOR DELETE TO authenticated USING ((SELECT auth.uid()) = user_id);
DROP POLICY IF EXISTS "Service role manages transformations" ON public.transformations;
CREATE POLICY "Service role manages transformations" ON public.transformations
  FOR ALL TO service_role USING (true) WITH CHECK (true);

-- User context (071)
DROP POLICY IF EXISTS "Users can insert own interactions" ON public.user_interactions;
CREATE POLICY "Users can insert own interactions" ON public.user_interactions
  FOR INSERT TO authenticated WITH CHECK ((SELECT auth.uid()) = user_id);
DROP POLICY IF EXISTS "Service role manages interactions" ON public.user_interactions;
CREATE POLICY "Service role manages interactions" ON public.user_interactions
  FOR ALL TO service_role USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS "Users can delete own conversation insights" ON public.conversation_insights;
CREATE POLICY "Users can delete own conversation insights" ON public.conversation_insights
  FOR DELETE TO authenticated USING ((SELECT auth.uid()) = user_id);
DROP POLICY IF EXISTS "Service role manages conversation insights" ON public.conversation_insights;
CREATE POLICY "Service role manages conversation insights" ON public.conversation_insights
  FOR ALL TO service_role USING (true) WITH CHECK (true);

-- Memory (072): written by the service; a person can correct and remove what is remembered.
DROP POLICY IF EXISTS "Users can update own conversation memories" ON public.conversation_memories;
CREATE POLICY "Users can update own conversation memories" ON public.conversation_memories
  FOR UPDATE TO authenticated USING ((SELECT auth.uid()) = user_id) WITH CHECK ((SELECT auth.uid()) = user_id);
DROP POLICY IF EXISTS "Users can delete own conversation memories" ON public.conversation_memories;
CREATE POLICY "Users can delete own conversation memories" ON public.conversation_memories
  FOR DELETE TO authenticated USING ((SELECT auth.uid()) = user_id);
DROP POLICY IF EXISTS "Service role manages conversation memories" ON public.conversation_memories;
CREATE POLICY "Service role manages conversation memories" ON public.conversation_memories
  FOR ALL TO service_role USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS "Users can delete own memory insights" ON public.memory_insights;
CREATE POLICY "Users can delete own memory insights" ON public.memory_insights
  FOR DELETE TO authenticated USING ((SELECT auth.uid()) = user_id);
DROP POLICY IF EXISTS "Service role manages memory insights" ON public.memory_insights;
CREATE POLICY "Service role manages memory insights" ON public.memory_insights
  FOR ALL TO service_role USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS "Service role manages decay history" ON public.memory_decay_history;
CREATE POLICY "Service role manages decay history" ON public.memory_decay_history
  FOR ALL TO service_role USING (true) WITH CHECK (true);

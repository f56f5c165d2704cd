-- Takes back what PATCH.sql made, as far as no data is lost: policies, triggers and the view.
--
-- It does not drop tables and columns, does not restore the two policies of workflow_executions that the patch
-- narrowed, and leaves row-level security on: without policies, only the service role sees rows. For the database as
-- it was before, take a backup. Safe to run again.

BEGIN;

DROP VIEW IF EXISTS public.user_tenants;

DROP TRIGGER IF EXISTS update_agents_updated_at ON public.agents;
DROP TRIGGER IF EXISTS update_workflows_updated_at ON public.workflows;
DROP TRIGGER IF EXISTS update_subscriptions_updated_at ON public.subscriptions;
DROP TRIGGER IF EXISTS update_webhook_endpoints_updated_at ON public.webhook_endpoints;
DROP TRIGGER IF EXISTS update_tenant_members_updated_at ON public.tenant_members;

DROP POLICY IF EXISTS "Tenant members can view agents" ON public.agents;
DROP POLICY IF EXISTS "Tenant members can insert agents" ON public.agents;
DROP POLICY IF EXISTS "Tenant members can update agents" ON public.agents;
DROP POLICY IF EXISTS "Tenant admins can delete agents" ON public.agents;
DROP POLICY IF EXISTS "Tenant members can view workflows" ON public.workflows;
DROP POLICY IF EXISTS "Tenant members can insert workflows" ON public.workflows;
DROP POLICY IF EXISTS "Tenant members can update workflows" ON public.workflows;
DROP POLICY IF EXISTS "Tenant admins can delete workflows" ON public.workflows;
DROP POLICY IF EXISTS "Tenant members can view agent executions" ON public.agent_executions;
DROP POLICY IF EXISTS "Tenant members can insert agent executions" ON public.agent_executions;
DROP POLICY IF EXISTS "Users can view own workflow executions" ON public.workflow_executions;
DROP POLICY IF EXISTS "Users can insert own workflow executions" ON public.workflow_executions;
DROP POLICY IF EXISTS "Tenant members can view workflow executions" ON public.workflow_executions;
DROP POLICY IF EXISTS "Tenant members can insert workflow executions" ON public.workflow_executions;
DROP POLICY IF EXISTS "Tenant members can view subscriptions" ON public.subscriptions;
DROP POLICY IF EXISTS "Tenant admins can insert subscriptions" ON public.subscriptions;
DROP POLICY IF EXISTS "Tenant admins can update subscriptions" ON public.subscriptions;
DROP POLICY IF EXISTS "Tenant members can view usage metrics" ON public.usage_metrics;
DROP POLICY IF EXISTS "Tenant members can insert usage metrics" ON public.usage_metrics;
DROP POLICY IF EXISTS "Tenant admins can view billing events" ON public.billing_events;
DROP POLICY IF EXISTS "Tenant members can view telemetry events" ON public.telemetry_events;
DROP POLICY IF EXISTS "Users can insert own telemetry events" ON public.telemetry_events;
DROP POLICY IF EXISTS "Tenant members can view workflow execution logs" ON public.workflow_execution_logs;
DROP POLICY IF EXISTS "Tenant members can insert workflow execution logs" ON public.workflow_execution_logs;
DROP POLICY IF EXISTS "Tenant members can view agent execution logs" ON public.agent_execution_logs;
DROP POLICY IF EXISTS "Tenant members can insert agent execution logs" ON public.agent_execution_logs;
DROP POLICY IF EXISTS "Tenant members can view error logs" ON public.error_logs;
DROP POLICY IF EXISTS "Tenant members can insert error logs" ON public.error_logs;
DROP POLICY IF EXISTS "Tenant members can view performance metrics" ON public.performance_metrics;
DROP POLICY IF EXISTS "Tenant admins can view webhook endpoints" ON public.webhook_endpoints;
DROP POLICY IF EXISTS "Tenant admins can insert webhook endpoints" ON public.webhook_endpoints;
DROP POLICY IF EXISTS "Tenant admins can update webhook endpoints" ON public.webhook_endpoints;
DROP POLICY IF EXISTS "Tenant admins can delete webhook endpoints" ON public.webhook_endpoints;
DROP POLICY IF EXISTS "Tenant members can view artifacts" ON public.artifacts;
DROP POLICY IF EXISTS "Tenant members can insert artifacts" ON public.artifacts;

COMMIT;

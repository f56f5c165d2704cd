-- Workflow runs: executions, and the history of definitions.

CREATE TABLE public.workflow_executions (
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
CREATE INDEX "workflow_executions_workflowId_idx" ON public.workflow_executions("workflowId");
CREATE INDEX "workflow_executions_userId_idx" ON public.workflow_executions("userId");
CREATE INDEX workflow_executions_status_idx ON public.workflow_executions(status);
CREATE INDEX "workflow_executions_startedAt_idx" ON public.workflow_executions("startedAt");
COMMENT ON TABLE public.workflow_executions IS 'Workflow execution logs';
COMMENT ON COLUMN public.workflow_executions."triggeredBy"
  IS 'manual, schedule, event, or the name of another workflow';
COMMENT ON COLUMN public.workflow_executions."durationMs" IS 'From start to end, in milliseconds';
COMMENT ON COLUMN public.workflow_executions.error IS 'Why it failed';

ALTER TABLE public.workflow_executions ENABLE ROW LEVEL SECURITY;

CREATE POLICY "Executions are as visible as their workflow" ON public.workflow_executions
  FOR SELECT TO authenticated
  USING ("workflowId" IN (SELECT id FROM public.workflows));
CREATE POLICY "Users can start visible workflows" ON public.workflow_executions
  FOR INSERT TO authenticated
  WITH CHECK ((SELECT auth.uid()) = "userId" AND "workflowId" IN (SELECT id FROM public.workflows));

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

CREATE OR REPLACE TRIGGER workflows_keep_version AFTER INSERT OR UPDATE OF definition ON public.workflows
  FOR EACH ROW EXECUTE FUNCTION public.keep_workflow_version();

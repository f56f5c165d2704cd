-- Hardening: retention, flags asked through a function, data that its owner takes or erases, and no writes to what
-- only functions write.

CREATE TABLE public.retention_policies (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  "tableName" TEXT NOT NULL,
  "timestampColumn" TEXT NOT NULL DEFAULT 'timestamp',
  "retentionDays" INTEGER NOT NULL,
  "isActive" BOOLEAN NOT NULL DEFAULT true,
  "lastRunAt" TIMESTAMPTZ,
  "createdAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "updatedAt" TIMESTAMPTZ NOT NULL DEFAULT now(),
  CONSTRAINT retention_policies_days_check CHECK ("retentionDays" > 0)
);
CREATE UNIQUE INDEX "retention_policies_tableName_key" ON public.retention_policies("tableName");
COMMENT ON TABLE public.retention_policies IS 'Data retention policies: how long the rows of a table are kept';
COMMENT ON COLUMN public.retention_policies."tableName" IS 'A table of this schema';
COMMENT ON COLUMN public.retention_policies."timestampColumn" IS 'The column that tells how old a row is';
COMMENT ON COLUMN public.retention_policies."lastRunAt" IS 'When it was last applied';

ALTER TABLE public.retention_policies ENABLE ROW LEVEL SECURITY;
CREATE OR REPLACE TRIGGER retention_policies_set_updated_at BEFORE UPDATE ON public.retention_policies
  FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();

CREATE POLICY "Everybody signed in can view retention policies" ON public.retention_policies
  FOR SELECT TO authenticated
  USING (true);
CREATE POLICY "Admins can manage retention policies" ON public.retention_policies
  FOR ALL TO authenticated
  USING ((SELECT public.is_admin()))
  WITH CHECK ((SELECT public.is_admin()));

INSERT INTO public.retention_policies ("tableName", "timestampColumn", "retentionDays") VALUES
  ('events', 'timestamp', 365),
  ('telemetry_events', 'timestamp', 90),
  ('privacy_transparency_log', 'timestamp', 730),
  ('audit_logs', 'timestamp', 730),
  ('metrics_log', 'recordedAt', 180)
ON CONFLICT ("tableName") DO NOTHING;

-- For the service: deletes what is older than its policy permits, and tells how many rows of each table.
CREATE OR REPLACE FUNCTION public.apply_retention_policies() RETURNS TABLE (table_name TEXT, deleted BIGINT)
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  policy RECORD;
BEGIN
  FOR policy IN
    SELECT p.id, p."tableName", p."timestampColumn", p."retentionDays"
    FROM public.retention_policies p WHERE p."isActive" ORDER BY p."tableName"
  LOOP
    EXECUTE format(
      'DELETE FROM public.%I WHERE %I < now() - make_interval(days => $1)', policy."tableName",
      policy."timestampColumn")
    USING policy."retentionDays";
    GET DIAGNOSTICS deleted = ROW_COUNT;
    table_name := policy."tableName";
    UPDATE public.retention_policies SET "lastRunAt" = now() WHERE id = policy.id;
    RETURN NEXT;
  END LOOP;
END;
$$;
REVOKE EXECUTE ON FUNCTION public.apply_retention_policies() FROM PUBLIC, anon, authenticated;

-- The same account always falls on the same side of a partial rollout.
CREATE OR REPLACE FUNCTION public.is_feature_enabled(flag TEXT) RETURNS BOOLEAN
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT coalesce((
    SELECT f."isEnabled" AND (
      f."rolloutPercentage" = 100
      OR (auth.uid() IS NOT NULL
        AND mod(hashtextextended(f.key || auth.uid(), 0) & 9223372036854775807, 100) < f."rolloutPercentage"))
    FROM public.feature_flags f WHERE f.key = flag), false)
$$;

-- Everything that is kept of the caller, in one document. Row-level security decides what that is.
CREATE OR REPLACE FUNCTION public.export_own_data() RETURNS JSONB
LANGUAGE sql STABLE SET search_path = '' AS $$
  SELECT jsonb_build_object(
    'user', (SELECT to_jsonb(u) FROM public.users u WHERE u.id = auth.uid()),
    'privacy', (SELECT to_jsonb(p) FROM public.privacy_prefs p WHERE p."userId" = auth.uid()),
    'events', (SELECT coalesce(jsonb_agg(e ORDER BY e."timestamp"), '[]')
      FROM public.events e WHERE e."userId" = auth.uid()),
    'patterns', (SELECT coalesce(jsonb_agg(p ORDER BY p."fileExtension"), '[]')
      FROM public.patterns p WHERE p."userId" = auth.uid()),
    'relationships', (SELECT coalesce(jsonb_agg(r ORDER BY r."createdAt"), '[]')
      FROM public.relationships r WHERE r."userId" = auth.uid()),
    'telemetry', (SELECT coalesce(jsonb_agg(t ORDER BY t."timestamp"), '[]')
      FROM public.telemetry_events t WHERE t."userId" = auth.uid()),
    'workflows', (SELECT coalesce(jsonb_agg(w ORDER BY w."createdAt"), '[]')
      FROM public.workflows w WHERE w."userId" = auth.uid()))
$$;

-- Deletes what was observed of the caller, but not the account, and tells how many rows that were.
CREATE OR REPLACE FUNCTION public.erase_observations() RETURNS BIGINT
LANGUAGE sql SET search_path = '' AS $$
  WITH
    erased_events AS (DELETE FROM public.events WHERE "userId" = auth.uid() RETURNING 1),
    erased_patterns AS (DELETE FROM public.patterns WHERE "userId" = auth.uid() RETURNING 1),
    erased_relationships AS (DELETE FROM public.relationships WHERE "userId" = auth.uid() RETURNING 1),
    erased_telemetry AS (DELETE FROM public.telemetry_events WHERE "userId" = auth.uid() RETURNING 1)
  SELECT (SELECT count(*) FROM erased_events) + (SELECT count(*) FROM erased_patterns)
    + (SELECT count(*) FROM erased_relationships) + (SELECT count(*) FROM erased_telemetry)
$$;

REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON
  public.telemetry_events, public.privacy_transparency_log, public.audit_logs, public.metrics_log
  FROM anon, authenticated;
GRANT DELETE ON public.telemetry_events TO authenticated;

-- How long rows are kept, and the function that removes what is older.

CREATE TABLE retention_policies (
  table_name TEXT PRIMARY KEY,
  time_column TEXT NOT NULL,
  keep INTERVAL NOT NULL CHECK (keep >= interval '1 day'),
  is_enabled BOOLEAN NOT NULL DEFAULT true
);

INSERT INTO retention_policies (table_name, time_column, keep) VALUES
  ('heartbeats', 'received_at', interval '30 days'),
  ('telemetry', 'server_timestamp', interval '180 days'),
  ('audit_log', 'created_at', interval '2 years'),
  ('webhook_deliveries', 'created_at', interval '30 days'),
  ('scheduled_job_runs', 'started_at', interval '90 days')
ON CONFLICT (table_name) DO UPDATE SET keep = excluded.keep;

CREATE FUNCTION purge_expired_rows() RETURNS TABLE (purged_table TEXT, purged_rows BIGINT)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_policy retention_policies;
BEGIN
  FOR v_policy IN SELECT * FROM retention_policies WHERE is_enabled ORDER BY table_name LOOP
    EXECUTE format('DELETE FROM %I WHERE %I < now() - $1', v_policy.table_name, v_policy.time_column)
    USING v_policy.keep;
    GET DIAGNOSTICS purged_rows = ROW_COUNT;
    purged_table := v_policy.table_name;
    RETURN NEXT;
  END LOOP;
END;
$$;
REVOKE EXECUTE ON FUNCTION purge_expired_rows() FROM PUBLIC, anon, authenticated;

ALTER TABLE retention_policies ENABLE ROW LEVEL SECURITY;
INSERT INTO scheduled_jobs (name, schedule, command)
VALUES ('purge-expired-rows', '30 2 * * *', 'operations.purge')
ON CONFLICT (name) DO NOTHING;

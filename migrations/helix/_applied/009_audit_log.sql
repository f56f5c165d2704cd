-- Who changed what. Rows are written by triggers; 059 attaches them to the tables that need it.

CREATE TABLE public.audit_log (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  actor_id UUID,
  action TEXT NOT NULL CHECK (action IN ('INSERT', 'UPDATE', 'DELETE')),
  table_name TEXT NOT NULL,
  row_id TEXT,
  old_row JSONB,
  new_row JSONB,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX idx_audit_log_actor ON public.audit_log(actor_id, created_at DESC);
CREATE INDEX idx_audit_log_created_brin ON public.audit_log USING brin (created_at);

CREATE FUNCTION public.write_audit_log() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_old JSONB := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  v_new JSONB := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
BEGIN
  INSERT INTO audit_log (actor_id, action, table_name, row_id, old_row, new_row)
  VALUES (auth.uid(), TG_OP, TG_TABLE_NAME, COALESCE(v_new, v_old) ->> 'id', v_old, v_new);
  RETURN NULL;
END;
$$;

ALTER TABLE public.audit_log ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users can view own audit entries" ON public.audit_log
  FOR SELECT TO authenticated USING (actor_id = auth.uid());
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON public.audit_log FROM anon, authenticated;

-- Changes to accounts, subscriptions and rights are audited.

CREATE TRIGGER audit_subscriptions AFTER INSERT OR UPDATE OR DELETE ON public.subscriptions
  FOR EACH ROW EXECUTE FUNCTION public.write_audit_log();
CREATE TRIGGER audit_user_api_keys AFTER INSERT OR UPDATE OR DELETE ON public.user_api_keys
  FOR EACH ROW EXECUTE FUNCTION public.write_audit_log();
CREATE TRIGGER audit_workspace_members AFTER INSERT OR UPDATE OR DELETE ON public.workspace_members
  FOR EACH ROW EXECUTE FUNCTION public.write_audit_log();
CREATE TRIGGER audit_tenant_members AFTER INSERT OR UPDATE OR DELETE ON public.tenant_members
  FOR EACH ROW EXECUTE FUNCTION public.write_audit_log();
CREATE TRIGGER audit_autonomy_settings AFTER INSERT OR UPDATE OR DELETE ON public.autonomy_settings
  FOR EACH ROW EXECUTE FUNCTION public.write_audit_log();

-- Keys never enter the log, not even as a hash.
CREATE OR REPLACE FUNCTION public.write_audit_log() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_old JSONB := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - 'key_hash' END;
  v_new JSONB := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - 'key_hash' END;
BEGIN
  INSERT INTO audit_log (actor_id, action, table_name, row_id, old_row, new_row)
  VALUES (auth.uid(), TG_OP, TG_TABLE_NAME, COALESCE(v_new, v_old) ->> 'id', v_old, v_new);
  RETURN NULL;
END;
$$;

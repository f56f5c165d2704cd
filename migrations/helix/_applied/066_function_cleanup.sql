-- One name for what stamps updated_at, and a search path that is fixed. The triggers follow in 067.

CREATE FUNCTION public.touch_updated_at() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  IF NEW IS DISTINCT FROM OLD THEN
    NEW.updated_at := now();
  END IF;
  RETURN NEW;
END;
$$;

ALTER FUNCTION public.keep_prompt_version() RENAME TO version_prompt_template;
ALTER FUNCTION public.cosine_similarity(REAL[], REAL[]) SET search_path = '';
COMMENT ON FUNCTION public.touch_updated_at() IS 'Stamps updated_at when a row really changes.';

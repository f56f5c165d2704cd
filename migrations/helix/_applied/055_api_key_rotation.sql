-- API keys expire, and a key can replace another. The function gets a new argument, so the old one goes.

ALTER TABLE public.user_api_keys
  ADD COLUMN expires_at TIMESTAMPTZ,
  ADD COLUMN replaces_id UUID REFERENCES public.user_api_keys(id) ON DELETE SET NULL;

DROP FUNCTION public.create_api_key(TEXT, TEXT[]);
CREATE FUNCTION public.create_api_key(
  p_name TEXT, p_scopes TEXT[] DEFAULT '{}', p_lifetime INTERVAL DEFAULT interval '1 year', p_replaces UUID DEFAULT NULL
) RETURNS TEXT
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, extensions AS $$
DECLARE
  v_key TEXT := 'hx_' || encode(extensions.gen_random_bytes(24), 'hex');
BEGIN
  IF auth.uid() IS NULL THEN
    RAISE EXCEPTION 'not signed in' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE user_api_keys SET expires_at = least(expires_at, now() + interval '1 day')
  WHERE id = p_replaces AND user_id = auth.uid();
  INSERT INTO user_api_keys (user_id, name, key_prefix, key_hash, scopes, expires_at, replaces_id)
  VALUES (auth.uid(), p_name, left(v_key, 10), extensions.digest(v_key, 'sha256'), p_scopes, now() + p_lifetime, p_replaces);
  RETURN v_key;
END;
$$;

CREATE FUNCTION public.user_id_of_api_key(p_key TEXT) RETURNS UUID
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, extensions AS $$
  SELECT user_id FROM user_api_keys
  WHERE key_hash = extensions.digest(p_key, 'sha256') AND revoked_at IS NULL
    AND (expires_at IS NULL OR expires_at > now());
$$;

-- Invitations to a tenant, by e-mail. Only a hash of the token is stored.

CREATE TABLE tenant_invitations (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id UUID NOT NULL REFERENCES tenants(id) ON DELETE CASCADE,
  email TEXT NOT NULL CHECK (email = lower(email)),
  role workspace_role NOT NULL DEFAULT 'member',
  token_hash BYTEA NOT NULL UNIQUE,
  invited_by UUID NOT NULL REFERENCES auth.users(id) ON DELETE CASCADE,
  expires_at TIMESTAMPTZ NOT NULL DEFAULT now() + interval '14 days',
  accepted_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX idx_tenant_invitations_open ON tenant_invitations(tenant_id, email) WHERE accepted_at IS NULL;

CREATE FUNCTION accept_tenant_invitation(p_token TEXT) RETURNS UUID
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, extensions AS $$
DECLARE
  v_invitation tenant_invitations;
BEGIN
  UPDATE tenant_invitations SET accepted_at = now()
  WHERE token_hash = extensions.digest(p_token, 'sha256')
    AND email = lower(auth.email()) AND accepted_at IS NULL AND expires_at > now()
  RETURNING * INTO v_invitation;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'invitation is not valid' USING ERRCODE = 'no_data_found';
  END IF;
  INSERT INTO tenant_members (tenant_id, user_id, role)
  VALUES (v_invitation.tenant_id, auth.uid(), v_invitation.role)
  ON CONFLICT DO NOTHING;
  RETURN v_invitation.tenant_id;
END;
$$;

ALTER TABLE tenant_invitations ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Owners manage invitations" ON tenant_invitations
  FOR ALL USING (EXISTS (SELECT 1 FROM tenants t WHERE t.id = tenant_id AND t.owner_id = auth.uid()));

-- Labels on messages, and rules that set them.

CREATE TABLE email_labels (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  account_id UUID NOT NULL REFERENCES email_accounts(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  color TEXT NOT NULL DEFAULT '#6b7280' CHECK (color ~ '^#[0-9a-f]{6}$'),
  UNIQUE (account_id, name)
);

CREATE TABLE email_message_labels (
  message_id UUID NOT NULL REFERENCES email_messages(id) ON DELETE CASCADE,
  label_id UUID NOT NULL REFERENCES email_labels(id) ON DELETE CASCADE,
  PRIMARY KEY (message_id, label_id)
);

CREATE TABLE email_rules (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  account_id UUID NOT NULL REFERENCES email_accounts(id) ON DELETE CASCADE,
  position INTEGER NOT NULL DEFAULT 0,
  from_pattern TEXT,
  subject_pattern TEXT,
  label_id UUID NOT NULL REFERENCES email_labels(id) ON DELETE CASCADE
);

CREATE FUNCTION apply_email_rules() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO email_message_labels (message_id, label_id)
  SELECT NEW.id, r.label_id
  FROM email_rules r
  WHERE r.account_id = NEW.account_id
    AND (r.from_pattern IS NULL OR NEW.from_address ILIKE r.from_pattern)
    AND (r.subject_pattern IS NULL OR NEW.subject ILIKE r.subject_pattern)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END;
$$;
CREATE TRIGGER email_messages_apply_rules AFTER INSERT ON email_messages
  FOR EACH ROW EXECUTE FUNCTION apply_email_rules();

ALTER TABLE email_labels ENABLE ROW LEVEL SECURITY;
ALTER TABLE email_message_labels ENABLE ROW LEVEL SECURITY;
ALTER TABLE email_rules ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users manage own labels" ON email_labels
  FOR ALL USING (owns_email_account(account_id)) WITH CHECK (owns_email_account(account_id));
CREATE POLICY "Users manage own rules" ON email_rules
  FOR ALL USING (owns_email_account(account_id)) WITH CHECK (owns_email_account(account_id));
CREATE POLICY "Users label own messages" ON email_message_labels
  FOR ALL USING (EXISTS (SELECT 1 FROM email_labels l WHERE l.id = label_id AND owns_email_account(l.account_id)));

-- Test of the e-mail schema (020, 032): a message gets the label of the rule that it matches. Not for production.

INSERT INTO auth.users (id, email) VALUES ('00000000-0000-0000-0000-00000000e3a1', 'email-test@example.com')
ON CONFLICT (id) DO NOTHING;

INSERT INTO email_accounts (id, user_id, provider, email_address)
VALUES ('00000000-0000-0000-0000-0000000000e1', '00000000-0000-0000-0000-00000000e3a1', 'imap', 'email-test@example.com');

INSERT INTO email_labels (id, account_id, name)
VALUES ('00000000-0000-0000-0000-0000000000e2', '00000000-0000-0000-0000-0000000000e1', 'Invoices');

INSERT INTO email_rules (account_id, subject_pattern, label_id)
VALUES ('00000000-0000-0000-0000-0000000000e1', '%invoice%', '00000000-0000-0000-0000-0000000000e2');

INSERT INTO email_messages (account_id, provider_message_id, subject, from_address, received_at)
VALUES ('00000000-0000-0000-0000-0000000000e1', 'test-1', 'Your invoice', 'billing@example.com', now());

DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM email_message_labels WHERE label_id = '00000000-0000-0000-0000-0000000000e2') THEN
    RAISE EXCEPTION 'the rule did not label the message';
  END IF;
END $$;

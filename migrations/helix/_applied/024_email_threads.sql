-- Messages belong to threads; those that are already there are threaded by subject.

CREATE TABLE email_threads (
  id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
  account_id UUID NOT NULL REFERENCES email_accounts(id) ON DELETE CASCADE,
  subject TEXT NOT NULL DEFAULT '',
  message_count INTEGER NOT NULL DEFAULT 0,
  last_message_at TIMESTAMPTZ,
  summary TEXT,
  UNIQUE (account_id, subject)
);

ALTER TABLE email_messages ADD COLUMN thread_id UUID REFERENCES email_threads(id) ON DELETE SET NULL;

INSERT INTO email_threads (account_id, subject, message_count, last_message_at)
SELECT account_id, regexp_replace(COALESCE(subject, ''), '^((re|fwd?):\s*)+', '', 'i'), count(*), max(received_at)
FROM email_messages
GROUP BY 1, 2;

UPDATE email_messages m
SET thread_id = t.id
FROM email_threads t
WHERE t.account_id = m.account_id
  AND t.subject = regexp_replace(COALESCE(m.subject, ''), '^((re|fwd?):\s*)+', '', 'i');

CREATE INDEX idx_email_messages_thread ON email_messages(thread_id, received_at);

ALTER TABLE email_threads ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Users manage own email threads" ON email_threads
  FOR ALL USING (owns_email_account(account_id)) WITH CHECK (owns_email_account(account_id));

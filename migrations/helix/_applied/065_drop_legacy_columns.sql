-- Columns and objects that nothing reads any more.

ALTER TABLE email_accounts
  DROP COLUMN access_token,
  DROP COLUMN refresh_token,
  DROP COLUMN token_expires_at;
ALTER TABLE calendar_accounts
  DROP COLUMN access_token,
  DROP COLUMN refresh_token;
ALTER TABLE email_messages DROP COLUMN in_reply_to;
DROP INDEX IF EXISTS idx_telemetry_event_type;
DROP VIEW IF EXISTS model_satisfaction;

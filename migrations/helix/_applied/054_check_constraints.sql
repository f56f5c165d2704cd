-- Rules that the applications kept until now. Checked in two steps, so that writers wait only for the first.

ALTER TABLE instances ADD CONSTRAINT instances_platform_check
  CHECK (platform IN ('web', 'desktop', 'mobile', 'server')) NOT VALID;
ALTER TABLE heartbeats ADD CONSTRAINT heartbeats_status_check
  CHECK (status IN ('ok', 'degraded', 'failing')) NOT VALID;
ALTER TABLE memories ADD CONSTRAINT memories_content_check CHECK (content <> '') NOT VALID;
ALTER TABLE email_accounts ADD CONSTRAINT email_accounts_address_check
  CHECK (position('@' IN email_address) > 1) NOT VALID;

ALTER TABLE instances VALIDATE CONSTRAINT instances_platform_check;
ALTER TABLE heartbeats VALIDATE CONSTRAINT heartbeats_status_check;
ALTER TABLE memories VALIDATE CONSTRAINT memories_content_check;
ALTER TABLE email_accounts VALIDATE CONSTRAINT email_accounts_address_check;

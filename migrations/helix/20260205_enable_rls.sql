-- Row-level security on the last user-facing tables that did without. Until the policies of 20260206 are in, only
-- the service role sees their rows: apply both together.

ALTER TABLE instances ENABLE ROW LEVEL SECURITY;
ALTER TABLE subscriptions ENABLE ROW LEVEL SECURITY;
ALTER TABLE user_preferences ENABLE ROW LEVEL SECURITY;

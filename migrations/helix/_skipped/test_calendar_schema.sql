-- Test of the calendar schema (021): rows that must be accepted, and one that must not. Not for production.

INSERT INTO auth.users (id, email) VALUES ('00000000-0000-0000-0000-00000000ca1e', 'calendar-test@example.com')
ON CONFLICT (id) DO NOTHING;

INSERT INTO calendar_accounts (id, user_id, provider, account_email)
VALUES ('00000000-0000-0000-0000-0000000000ca', '00000000-0000-0000-0000-00000000ca1e', 'google', 'calendar-test@example.com');

INSERT INTO calendar_events (account_id, user_id, provider_event_id, title, starts_at, ends_at)
VALUES
  ('00000000-0000-0000-0000-0000000000ca', '00000000-0000-0000-0000-00000000ca1e', 'one', 'Stand-up', now(), now() + interval '15 minutes'),
  ('00000000-0000-0000-0000-0000000000ca', '00000000-0000-0000-0000-00000000ca1e', 'two', 'Review', now() + interval '1 hour', now() + interval '2 hours');

DO $$
BEGIN
  INSERT INTO calendar_events (account_id, user_id, provider_event_id, title, starts_at, ends_at)
  VALUES ('00000000-0000-0000-0000-0000000000ca', '00000000-0000-0000-0000-00000000ca1e', 'three', 'Backwards', now(), now() - interval '1 hour');
  RAISE EXCEPTION 'an event that ends before it starts was accepted';
EXCEPTION
  WHEN check_violation THEN
    RAISE NOTICE 'refused as it should be';
END $$;

-- A database in use: what the Supabase CLI has recorded of the two migrations, an organization of three people, what they
-- did, and what they said of it.

CREATE SCHEMA IF NOT EXISTS supabase_migrations;
CREATE TABLE IF NOT EXISTS supabase_migrations.schema_migrations (
  version TEXT NOT NULL PRIMARY KEY,
  statements TEXT[],
  name TEXT
);
INSERT INTO supabase_migrations.schema_migrations (version, name) VALUES
  ('20250120000000', 'nps_submissions'), ('99999999999999', 'master_consolidated_schema')
ON CONFLICT DO NOTHING;

INSERT INTO auth.users (id, aud, role, email) VALUES
  ('00000000-0000-0000-0000-0000000000a1', 'authenticated', 'authenticated', 'ada@acme.example'),
  ('00000000-0000-0000-0000-0000000000a2', 'authenticated', 'authenticated', 'ben@acme.example'),
  ('00000000-0000-0000-0000-0000000000a3', 'authenticated', 'authenticated', 'cleo@acme.example')
ON CONFLICT DO NOTHING;
INSERT INTO public.users (id, email, name, role) VALUES
  ('00000000-0000-0000-0000-0000000000a1', 'ada@acme.example', 'Ada', 'admin'),
  ('00000000-0000-0000-0000-0000000000a2', 'ben@acme.example', 'Ben', 'member'),
  ('00000000-0000-0000-0000-0000000000a3', 'cleo@acme.example', 'Cleo', 'member')
ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role;

INSERT INTO public.organizations (id, "ownerId", name, slug, tier) VALUES
  ('00000000-0000-0000-0000-00000000aaaa', '00000000-0000-0000-0000-0000000000a1', 'Acme', 'acme', 'team');
INSERT INTO public.organization_members ("organizationId", "userId", role, "invitedById") VALUES
  ('00000000-0000-0000-0000-00000000aaaa', '00000000-0000-0000-0000-0000000000a2', 'member',
    '00000000-0000-0000-0000-0000000000a1'),
  ('00000000-0000-0000-0000-00000000aaaa', '00000000-0000-0000-0000-0000000000a3', 'viewer',
    '00000000-0000-0000-0000-0000000000a1')
ON CONFLICT DO NOTHING;

INSERT INTO public.workflows (id, "userId", "organizationId", name) VALUES
  ('00000000-0000-0000-0000-0000000000c1', '00000000-0000-0000-0000-0000000000a1',
    '00000000-0000-0000-0000-00000000aaaa', 'Tidy the downloads'),
  ('00000000-0000-0000-0000-0000000000c2', '00000000-0000-0000-0000-0000000000a2', NULL, 'Weekly report');
INSERT INTO public.workflow_executions ("workflowId", "userId", status, "startedAt", "completedAt", "durationMs")
SELECT '00000000-0000-0000-0000-0000000000c1', '00000000-0000-0000-0000-0000000000a1', 'succeeded',
  now() - n * interval '1 day', now() - n * interval '1 day' + interval '2 seconds', 2000
FROM generate_series(1, 30) AS n;

INSERT INTO public.events ("userId", "eventType", "filePath", "fileExtension", "timestamp")
SELECT '00000000-0000-0000-0000-0000000000a2', 'modified', '/home/ben/notes/' || n || '.md', 'md',
  now() - n * interval '1 hour'
FROM generate_series(1, 500) AS n;

INSERT INTO public.nps_submissions ("userId", score, comment) VALUES
  ('00000000-0000-0000-0000-0000000000a1', 10, 'It found what I had lost'),
  ('00000000-0000-0000-0000-0000000000a2', 9, NULL),
  ('00000000-0000-0000-0000-0000000000a3', 6, 'Too many questions');

-- Work that the service does at set times, and when it was last done.

CREATE TABLE scheduled_jobs (
  name TEXT PRIMARY KEY,
  schedule TEXT NOT NULL,
  command TEXT NOT NULL,
  is_enabled BOOLEAN NOT NULL DEFAULT true,
  last_run_at TIMESTAMPTZ
);

CREATE TABLE scheduled_job_runs (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job_name TEXT NOT NULL REFERENCES scheduled_jobs(name) ON DELETE CASCADE ON UPDATE CASCADE,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  finished_at TIMESTAMPTZ,
  rows_affected BIGINT,
  error TEXT
);
CREATE INDEX idx_scheduled_job_runs_job ON scheduled_job_runs(job_name, started_at DESC);

INSERT INTO scheduled_jobs (name, schedule, command) VALUES
  ('synthesize-memories', '15 3 * * *', 'memory.synthesize'),
  ('send-reminders', '* * * * *', 'reminders.send'),
  ('sync-calendars', '*/10 * * * *', 'calendar.sync'),
  ('sync-email', '*/5 * * * *', 'email.sync')
ON CONFLICT (name) DO NOTHING;

-- The service's own tables: no policy, so that only the service role sees them.
ALTER TABLE scheduled_jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduled_job_runs ENABLE ROW LEVEL SECURITY;

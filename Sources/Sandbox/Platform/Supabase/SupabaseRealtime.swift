extension SupabasePlatform {
  /// The tables, functions and the publication of Realtime.
  static let realtime = #"""
    -- Realtime: the broadcast table that policies guard, the topic that they ask for, and the publication.
    CREATE TABLE IF NOT EXISTS realtime.messages (
      topic text NOT NULL,
      extension text NOT NULL,
      payload jsonb,
      event text,
      private boolean DEFAULT false,
      updated_at timestamp NOT NULL DEFAULT now(),
      inserted_at timestamp NOT NULL DEFAULT now(),
      id uuid NOT NULL DEFAULT pg_catalog.gen_random_uuid(),
      PRIMARY KEY (id, inserted_at)
    );
    ALTER TABLE realtime.messages ENABLE ROW LEVEL SECURITY;
    GRANT SELECT, INSERT, UPDATE ON realtime.messages TO anon, authenticated, service_role;
    GRANT ALL ON realtime.messages TO postgres, dashboard_user, supabase_realtime_admin;
    GRANT USAGE ON SCHEMA realtime TO supabase_realtime_admin;

    CREATE OR REPLACE FUNCTION realtime.topic() RETURNS text LANGUAGE sql STABLE AS $function$
      SELECT nullif(current_setting('realtime.topic', true), '')::text
    $function$;

    DO $platform$
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_publication WHERE pubname = 'supabase_realtime') THEN
        CREATE PUBLICATION supabase_realtime;
      END IF;
    END
    $platform$;
    """#
}

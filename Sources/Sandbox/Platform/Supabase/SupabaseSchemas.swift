extension SupabasePlatform {
  /// The schemas, who may use them, and the default privileges of `public`.
  static let schemas = #"""
    -- Schemas.
    CREATE SCHEMA IF NOT EXISTS auth;
    CREATE SCHEMA IF NOT EXISTS storage;
    CREATE SCHEMA IF NOT EXISTS extensions;
    CREATE SCHEMA IF NOT EXISTS realtime;
    CREATE SCHEMA IF NOT EXISTS graphql_public;

    GRANT USAGE ON SCHEMA auth, storage, realtime, graphql_public
      TO postgres, anon, authenticated, service_role, dashboard_user;
    GRANT USAGE ON SCHEMA extensions TO postgres, anon, authenticated, service_role, dashboard_user;
    GRANT CREATE ON SCHEMA extensions TO postgres, dashboard_user;
    GRANT USAGE ON SCHEMA public TO anon, authenticated, service_role;
    GRANT USAGE, CREATE ON SCHEMA public TO postgres;

    ALTER DEFAULT PRIVILEGES IN SCHEMA public
      GRANT ALL ON TABLES TO postgres, anon, authenticated, service_role;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public
      GRANT ALL ON SEQUENCES TO postgres, anon, authenticated, service_role;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public
      GRANT ALL ON FUNCTIONS TO postgres, anon, authenticated, service_role;

    DO $platform$
    BEGIN
      EXECUTE format('ALTER DATABASE %I SET search_path TO "$user", public, extensions', current_database());
    END
    $platform$;
    """#
}

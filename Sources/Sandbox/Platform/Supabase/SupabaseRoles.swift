extension SupabasePlatform {
  /// The roles of the API and of the services, where the cluster has none of that name.
  static let roles = #"""
    -- Roles. The lock makes installations in several databases of one cluster wait for each other.
    DO $platform$
    DECLARE
      wanted record;
    BEGIN
      LOCK TABLE pg_catalog.pg_authid IN SHARE ROW EXCLUSIVE MODE;

      FOR wanted IN
        SELECT * FROM (VALUES
          ('postgres', 'NOLOGIN CREATEDB CREATEROLE REPLICATION BYPASSRLS'),
          ('anon', 'NOLOGIN NOINHERIT'),
          ('authenticated', 'NOLOGIN NOINHERIT'),
          ('service_role', 'NOLOGIN NOINHERIT BYPASSRLS'),
          ('authenticator', 'LOGIN NOINHERIT'),
          ('dashboard_user', 'NOLOGIN CREATEDB CREATEROLE REPLICATION'),
          ('supabase_admin', 'NOLOGIN CREATEDB CREATEROLE REPLICATION BYPASSRLS'),
          ('supabase_auth_admin', 'NOLOGIN NOINHERIT CREATEROLE'),
          ('supabase_storage_admin', 'NOLOGIN NOINHERIT CREATEROLE'),
          ('supabase_realtime_admin', 'NOLOGIN NOINHERIT'),
          ('supabase_replication_admin', 'NOLOGIN REPLICATION'),
          ('supabase_read_only_user', 'NOLOGIN BYPASSRLS')
        ) AS roles (name, attributes)
      LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = wanted.name) THEN
          EXECUTE format('CREATE ROLE %I %s', wanted.name, wanted.attributes);
        END IF;
      END LOOP;

      FOR wanted IN
        SELECT * FROM (VALUES
          ('anon', 'authenticator'),
          ('authenticated', 'authenticator'),
          ('service_role', 'authenticator'),
          ('pg_read_all_data', 'supabase_read_only_user'),
          ('anon', 'postgres'),
          ('authenticated', 'postgres'),
          ('service_role', 'postgres')
        ) AS memberships (role, member)
        WHERE EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = memberships.role)
      LOOP
        IF NOT EXISTS (
          SELECT 1 FROM pg_catalog.pg_auth_members
          WHERE roleid = wanted.role::regrole AND member = wanted.member::regrole
        ) THEN
          EXECUTE format('GRANT %I TO %I', wanted.role, wanted.member);
        END IF;
      END LOOP;
    END
    $platform$;
    """#
}

/// What a Supabase project's first migration finds in its database.
///
/// The names, columns, grants and function results are those of a hosted project, so that migrations written for one
/// apply unchanged: the API roles, `auth`, `storage` and `realtime`, the `extensions` schema, the realtime publication
/// and the default privileges of `public`. The services behind them are not there.
public enum SupabasePlatform {
  /// SQL that turns an empty database (PostgreSQL 13 or newer) into one that Supabase's platform has prepared.
  ///
  /// Send it as one simple query, or inside one transaction, as the superuser that will run the migrations: default
  /// privileges apply to what that role creates. Running it again changes nothing. Roles belong to the whole cluster
  /// and are made only where they are missing; none has a password. The database's `search_path` counts for sessions
  /// that start afterwards.
  ///
  /// Where the server does not ship `pgcrypto` or `uuid-ossp`, their most used functions are made from core ones.
  /// `crypt`, `gen_salt` and the `pgp_` functions have no such substitute and are missing there.
  public static let sql = #"""
    SET client_min_messages = error;

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

    -- Extensions that every project starts with. The substitutes have the originals' names, arguments and results;
    -- once made they stay, even if the extension is installed on the server later.
    DO $platform$
    DECLARE
      has_substitutes boolean := to_regprocedure('extensions.digest(bytea, text)') IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_extension WHERE extname = 'pgcrypto');
    BEGIN
      IF has_substitutes THEN
        NULL;
      ELSIF EXISTS (SELECT 1 FROM pg_catalog.pg_available_extensions WHERE name = 'pgcrypto') THEN
        CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA extensions;
      ELSE
        CREATE FUNCTION extensions.digest(data bytea, algorithm text) RETURNS bytea
        LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $digest$
        BEGIN
          CASE lower(algorithm)
            WHEN 'md5' THEN RETURN decode(md5(data), 'hex');
            WHEN 'sha224' THEN RETURN sha224(data);
            WHEN 'sha256' THEN RETURN sha256(data);
            WHEN 'sha384' THEN RETURN sha384(data);
            WHEN 'sha512' THEN RETURN sha512(data);
            ELSE
              RAISE EXCEPTION 'Cannot use "%": No such hash algorithm', algorithm
                USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'This server does not ship pgcrypto; md5 and the sha2 family work without it.';
          END CASE;
        END
        $digest$;

        CREATE FUNCTION extensions.digest(data text, algorithm text) RETURNS bytea
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        AS $digest$ SELECT extensions.digest(convert_to(data, getdatabaseencoding()), algorithm) $digest$;

        -- RFC 2104, with the block length of the hash function.
        CREATE FUNCTION extensions.hmac(data bytea, key bytea, algorithm text) RETURNS bytea
        LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $hmac$
        DECLARE
          block integer := CASE WHEN lower(algorithm) IN ('sha384', 'sha512') THEN 128 ELSE 64 END;
          inner_key bytea := decode(repeat('36', block), 'hex');
          outer_key bytea := decode(repeat('5c', block), 'hex');
          short_key bytea := CASE WHEN length(key) > block THEN extensions.digest(key, algorithm) ELSE key END;
        BEGIN
          FOR i IN 0 .. length(short_key) - 1 LOOP
            inner_key := set_byte(inner_key, i, get_byte(inner_key, i) # get_byte(short_key, i));
            outer_key := set_byte(outer_key, i, get_byte(outer_key, i) # get_byte(short_key, i));
          END LOOP;
          RETURN extensions.digest(outer_key || extensions.digest(inner_key || data, algorithm), algorithm);
        END
        $hmac$;

        CREATE FUNCTION extensions.hmac(data text, key text, algorithm text) RETURNS bytea
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $hmac$
          SELECT extensions.hmac(
            convert_to(data, getdatabaseencoding()), convert_to(key, getdatabaseencoding()), algorithm)
        $hmac$;

        -- A version-4 UUID holds 122 random bits, so a hash over three of them is full.
        CREATE FUNCTION extensions.gen_random_bytes(count integer) RETURNS bytea
        LANGUAGE plpgsql VOLATILE STRICT PARALLEL SAFE AS $bytes$
        DECLARE
          bytes bytea := '';
        BEGIN
          IF count NOT BETWEEN 1 AND 1024 THEN
            RAISE EXCEPTION 'Length not in range' USING ERRCODE = 'external_routine_invocation_exception';
          END IF;
          WHILE length(bytes) < count LOOP
            bytes := bytes || sha256(
              uuid_send(pg_catalog.gen_random_uuid()) || uuid_send(pg_catalog.gen_random_uuid())
                || uuid_send(pg_catalog.gen_random_uuid()));
          END LOOP;
          RETURN substring(bytes FROM 1 FOR count);
        END
        $bytes$;

        CREATE FUNCTION extensions.gen_random_uuid() RETURNS uuid
        LANGUAGE sql VOLATILE PARALLEL SAFE AS $uuid$ SELECT pg_catalog.gen_random_uuid() $uuid$;
      END IF;
    END
    $platform$;

    DO $platform$
    DECLARE
      has_substitutes boolean := to_regprocedure('extensions.uuid_generate_v4()') IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_extension WHERE extname = 'uuid-ossp');
    BEGIN
      IF has_substitutes THEN
        NULL;
      ELSIF EXISTS (SELECT 1 FROM pg_catalog.pg_available_extensions WHERE name = 'uuid-ossp') THEN
        CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA extensions;
      ELSE
        CREATE FUNCTION extensions.uuid_generate_v4() RETURNS uuid
        LANGUAGE sql VOLATILE PARALLEL SAFE AS $uuid$ SELECT pg_catalog.gen_random_uuid() $uuid$;

        CREATE FUNCTION extensions.uuid_nil() RETURNS uuid
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        AS $uuid$ SELECT '00000000-0000-0000-0000-000000000000'::uuid $uuid$;
      END IF;
    END
    $platform$;

    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA extensions TO anon, authenticated, service_role;

    -- Who is asking: the claims that PostgREST puts into the session, as JSON or, before version 9, one by one.
    CREATE OR REPLACE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS $function$
      SELECT coalesce(
        nullif(current_setting('request.jwt.claim.sub', true), ''),
        (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')
      )::uuid
    $function$;

    CREATE OR REPLACE FUNCTION auth.role() RETURNS text LANGUAGE sql STABLE AS $function$
      SELECT coalesce(
        nullif(current_setting('request.jwt.claim.role', true), ''),
        (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role')
      )::text
    $function$;

    CREATE OR REPLACE FUNCTION auth.email() RETURNS text LANGUAGE sql STABLE AS $function$
      SELECT coalesce(
        nullif(current_setting('request.jwt.claim.email', true), ''),
        (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email')
      )::text
    $function$;

    CREATE OR REPLACE FUNCTION auth.jwt() RETURNS jsonb LANGUAGE sql STABLE AS $function$
      SELECT coalesce(
        nullif(current_setting('request.jwt.claim', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')
      )::jsonb
    $function$;

    -- Accounts. Only the auth service and the owner read these tables; migrations refer to auth.users.
    DO $platform$
    BEGIN
      IF to_regtype('auth.aal_level') IS NULL THEN
        CREATE TYPE auth.aal_level AS ENUM ('aal1', 'aal2', 'aal3');
      END IF;
    END
    $platform$;

    CREATE TABLE IF NOT EXISTS auth.users (
      instance_id uuid,
      id uuid NOT NULL PRIMARY KEY,
      aud varchar(255),
      role varchar(255),
      email varchar(255),
      encrypted_password varchar(255),
      email_confirmed_at timestamptz,
      invited_at timestamptz,
      confirmation_token varchar(255),
      confirmation_sent_at timestamptz,
      recovery_token varchar(255),
      recovery_sent_at timestamptz,
      email_change_token_new varchar(255),
      email_change varchar(255),
      email_change_sent_at timestamptz,
      last_sign_in_at timestamptz,
      raw_app_meta_data jsonb,
      raw_user_meta_data jsonb,
      is_super_admin boolean,
      created_at timestamptz,
      updated_at timestamptz,
      phone text DEFAULT NULL,
      phone_confirmed_at timestamptz,
      phone_change text DEFAULT '',
      phone_change_token varchar(255) DEFAULT '',
      phone_change_sent_at timestamptz,
      confirmed_at timestamptz GENERATED ALWAYS AS (LEAST(email_confirmed_at, phone_confirmed_at)) STORED,
      email_change_token_current varchar(255) DEFAULT '',
      email_change_confirm_status smallint DEFAULT 0,
      banned_until timestamptz,
      reauthentication_token varchar(255) DEFAULT '',
      reauthentication_sent_at timestamptz,
      is_sso_user boolean NOT NULL DEFAULT false,
      deleted_at timestamptz,
      is_anonymous boolean NOT NULL DEFAULT false,
      CONSTRAINT users_phone_key UNIQUE (phone),
      CONSTRAINT users_email_change_confirm_status_check CHECK (email_change_confirm_status BETWEEN 0 AND 2)
    );
    CREATE UNIQUE INDEX IF NOT EXISTS users_email_partial_key ON auth.users (email) WHERE (is_sso_user = false);
    CREATE INDEX IF NOT EXISTS users_instance_id_idx ON auth.users (instance_id);

    CREATE TABLE IF NOT EXISTS auth.identities (
      provider_id text NOT NULL,
      user_id uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
      identity_data jsonb NOT NULL,
      provider text NOT NULL,
      last_sign_in_at timestamptz,
      created_at timestamptz,
      updated_at timestamptz,
      email text GENERATED ALWAYS AS (lower(identity_data ->> 'email')) STORED,
      id uuid NOT NULL DEFAULT pg_catalog.gen_random_uuid() PRIMARY KEY,
      CONSTRAINT identities_provider_id_provider_unique UNIQUE (provider_id, provider)
    );
    CREATE INDEX IF NOT EXISTS identities_user_id_idx ON auth.identities (user_id);
    CREATE INDEX IF NOT EXISTS identities_email_idx ON auth.identities (email text_pattern_ops);

    CREATE TABLE IF NOT EXISTS auth.sessions (
      id uuid NOT NULL PRIMARY KEY,
      user_id uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
      created_at timestamptz,
      updated_at timestamptz,
      factor_id uuid,
      aal auth.aal_level,
      not_after timestamptz,
      refreshed_at timestamp,
      user_agent text,
      ip inet,
      tag text
    );
    CREATE INDEX IF NOT EXISTS sessions_user_id_idx ON auth.sessions (user_id);

    CREATE TABLE IF NOT EXISTS auth.refresh_tokens (
      instance_id uuid,
      id bigserial PRIMARY KEY,
      token varchar(255),
      user_id varchar(255),
      revoked boolean,
      created_at timestamptz,
      updated_at timestamptz,
      parent varchar(255),
      session_id uuid REFERENCES auth.sessions (id) ON DELETE CASCADE,
      CONSTRAINT refresh_tokens_token_unique UNIQUE (token)
    );
    CREATE INDEX IF NOT EXISTS refresh_tokens_session_id_revoked_idx
      ON auth.refresh_tokens (session_id, revoked);

    ALTER TABLE auth.users ENABLE ROW LEVEL SECURITY;
    ALTER TABLE auth.identities ENABLE ROW LEVEL SECURITY;
    ALTER TABLE auth.sessions ENABLE ROW LEVEL SECURITY;
    ALTER TABLE auth.refresh_tokens ENABLE ROW LEVEL SECURITY;

    GRANT ALL ON ALL TABLES IN SCHEMA auth TO postgres, supabase_auth_admin, dashboard_user;
    GRANT ALL ON ALL SEQUENCES IN SCHEMA auth TO postgres, supabase_auth_admin, dashboard_user;
    GRANT USAGE ON SCHEMA auth TO supabase_auth_admin;

    -- Files: what is stored where. The bytes are elsewhere.
    CREATE TABLE IF NOT EXISTS storage.buckets (
      id text NOT NULL PRIMARY KEY,
      name text NOT NULL,
      owner uuid,
      created_at timestamptz DEFAULT now(),
      updated_at timestamptz DEFAULT now(),
      public boolean DEFAULT false,
      avif_autodetection boolean DEFAULT false,
      file_size_limit bigint,
      allowed_mime_types text[],
      owner_id text
    );
    CREATE UNIQUE INDEX IF NOT EXISTS bname ON storage.buckets (name);

    CREATE TABLE IF NOT EXISTS storage.objects (
      id uuid NOT NULL DEFAULT pg_catalog.gen_random_uuid() PRIMARY KEY,
      bucket_id text REFERENCES storage.buckets (id),
      name text,
      owner uuid,
      created_at timestamptz DEFAULT now(),
      updated_at timestamptz DEFAULT now(),
      last_accessed_at timestamptz DEFAULT now(),
      metadata jsonb,
      path_tokens text[] GENERATED ALWAYS AS (string_to_array(name, '/')) STORED,
      version text,
      owner_id text,
      user_metadata jsonb
    );
    CREATE UNIQUE INDEX IF NOT EXISTS bucketid_objname ON storage.objects (bucket_id, name);
    CREATE INDEX IF NOT EXISTS name_prefix_search ON storage.objects (name text_pattern_ops);

    ALTER TABLE storage.buckets ENABLE ROW LEVEL SECURITY;
    ALTER TABLE storage.objects ENABLE ROW LEVEL SECURITY;

    GRANT ALL ON ALL TABLES IN SCHEMA storage
      TO postgres, anon, authenticated, service_role, supabase_storage_admin;
    GRANT USAGE ON SCHEMA storage TO supabase_storage_admin;

    -- 'a/b/c.png': the folders {a,b}, the file name c.png, the extension png.
    CREATE OR REPLACE FUNCTION storage.foldername(name text) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE AS $function$
    DECLARE
      parts text[] := string_to_array(name, '/');
    BEGIN
      RETURN parts[1 : array_length(parts, 1) - 1];
    END
    $function$;

    CREATE OR REPLACE FUNCTION storage.filename(name text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE AS $function$
    DECLARE
      parts text[] := string_to_array(name, '/');
    BEGIN
      RETURN parts[array_length(parts, 1)];
    END
    $function$;

    CREATE OR REPLACE FUNCTION storage.extension(name text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE AS $function$
    BEGIN
      RETURN reverse(split_part(reverse(storage.filename(name)), '.', 1));
    END
    $function$;

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

    RESET client_min_messages;
    """#
}

extension SupabasePlatform {
  /// The extensions that every project starts with, or substitutes for their most used functions.
  static let extensions = #"""
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
    """#
}

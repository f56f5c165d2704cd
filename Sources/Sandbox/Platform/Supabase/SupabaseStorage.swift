extension SupabasePlatform {
  /// The tables and functions of `storage`.
  static let files = #"""
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
    """#
}

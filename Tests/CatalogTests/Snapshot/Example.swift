/// A schema with one of nearly everything that a snapshot reads.
enum Example {
  /// What a server of this version can take.
  static func sql(version: Int) -> String {
    base
      + (version >= 150000
        ? """
        CREATE VIEW active WITH (security_invoker = true) AS SELECT id, m FROM telemetry;
        CREATE PUBLICATION pub FOR TABLE telemetry (id, m) WHERE (id > 3);
        """
        : """
        CREATE VIEW active AS SELECT id, m FROM telemetry;
        CREATE PUBLICATION pub FOR TABLE telemetry;
        """)
  }

  private static let base = #"""
    CREATE SCHEMA auth;
    CREATE TABLE auth.users (id uuid PRIMARY KEY, email text);
    CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS 'SELECT NULL::uuid';
    CREATE SCHEMA "Odd ""Schema""";
    CREATE TABLE "Odd ""Schema"""."T,{}'\" ("C\c" int);
    CREATE TYPE mood AS ENUM ('sad', 'o''k', 'happy');
    CREATE TYPE pair AS (a int, b text);
    CREATE TYPE span AS RANGE (subtype = float8);
    CREATE DOMAIN email AS text NOT NULL DEFAULT 'x@y' CHECK (VALUE ~ '@');
    CREATE TABLE telemetry (
      id bigserial PRIMARY KEY, n int GENERATED ALWAYS AS IDENTITY,
      user_id uuid REFERENCES auth.users (id) ON DELETE CASCADE, m mood NOT NULL DEFAULT 'sad',
      at timestamptz DEFAULT now(), amount numeric(10,2),
      twice numeric GENERATED ALWAYS AS (amount * 2) STORED, name varchar(50) COLLATE "C" UNIQUE,
      CHECK (amount > 0));
    ALTER TABLE telemetry ADD CONSTRAINT late CHECK (n > 0) NOT VALID;
    CREATE UNLOGGED TABLE scratch (a int) WITH (fillfactor = 70);
    CREATE TABLE part (at date PRIMARY KEY, v int) PARTITION BY RANGE (at);
    CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
    CREATE TABLE refers (at date REFERENCES part);
    CREATE INDEX idx_expr ON telemetry (lower(name), at DESC) INCLUDE (n) WHERE amount > 1;
    CREATE MATERIALIZED VIEW totals AS SELECT count(*) FROM telemetry;
    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
    CREATE FUNCTION f(a uuid, VARIADIC b text[] DEFAULT '{}', OUT c int) LANGUAGE sql SECURITY DEFINER
      SET search_path = '' AS $$ SELECT 1 $$;
    CREATE FUNCTION f(a mood) RETURNS mood LANGUAGE sql AS $$ SELECT a $$;
    CREATE PROCEDURE p() LANGUAGE sql AS $$ SELECT 1 $$;
    CREATE AGGREGATE total (int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
    CREATE TRIGGER telemetry_touch BEFORE UPDATE ON telemetry FOR EACH ROW EXECUTE FUNCTION touch();
    ALTER TABLE telemetry DISABLE TRIGGER telemetry_touch;
    CREATE TRIGGER part_touch AFTER INSERT ON part FOR EACH ROW EXECUTE FUNCTION touch();
    ALTER TABLE telemetry ENABLE ROW LEVEL SECURITY;
    ALTER TABLE telemetry FORCE ROW LEVEL SECURITY;
    CREATE POLICY "Own rows" ON telemetry FOR SELECT TO pg_monitor, pg_read_all_settings
      USING (user_id IN (SELECT id FROM auth.users));
    CREATE POLICY ins ON telemetry AS RESTRICTIVE FOR INSERT WITH CHECK (amount > 0);
    CREATE RULE nothing AS ON DELETE TO scratch DO INSTEAD NOTHING;
    CREATE STATISTICS st (dependencies) ON v, at FROM part;
    GRANT SELECT, INSERT ON telemetry TO pg_monitor WITH GRANT OPTION;
    GRANT UPDATE (name) ON telemetry TO pg_monitor;
    REVOKE EXECUTE ON FUNCTION touch() FROM public;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO pg_monitor;
    COMMENT ON TABLE telemetry IS 'what happened';
    COMMENT ON COLUMN telemetry.m IS 'how it felt';
    COMMENT ON POLICY ins ON telemetry IS 'no debts';
    COMMENT ON FUNCTION f(mood) IS 'the same';
    CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq);
    CREATE CAST (pair AS mood) WITH INOUT;

    """#
}

import Testing

@Suite("What ALTER TABLE changes")
struct AlterTableTrials {
  private static let table =
    "CREATE TABLE t (id integer PRIMARY KEY, a integer DEFAULT 1 CHECK (a > 0), b text UNIQUE); CREATE INDEX t_a ON t (a);"
  private static let function =
    "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"

  @Test("columns")
  func columns() async throws {
    let t = Self.table
    try await StatementTrial.run([
      .init("add", given: t, "ALTER TABLE t ADD COLUMN d text, ADD e integer NOT NULL DEFAULT 0"),
      .init("add serial", given: t, "ALTER TABLE t ADD COLUMN n bigserial"),
      .init("add identity", given: t, "ALTER TABLE t ADD COLUMN n integer GENERATED ALWAYS AS IDENTITY"),
      .init(
        "add generated", given: t, "ALTER TABLE t ADD COLUMN n integer GENERATED ALWAYS AS (a + 1) STORED"),
      .init(
        "add with constraints", given: t,
        "ALTER TABLE t ADD COLUMN n integer UNIQUE CHECK (n > 0) REFERENCES t (id)"),
      .init(
        "add if not exists, new", given: t,
        "ALTER TABLE t ADD COLUMN IF NOT EXISTS n integer REFERENCES t CHECK (n > 0)"),
      .init(
        "add if not exists, there", given: t,
        "ALTER TABLE t ADD COLUMN IF NOT EXISTS a integer REFERENCES t UNIQUE CHECK (a > 5)",
        changesNothing: true),
      .init(
        "add if not exists serial, there", given: t, "ALTER TABLE t ADD COLUMN IF NOT EXISTS a serial",
        changesNothing: true),
      .init(
        "add to a table that may be missing, there", given: t,
        "ALTER TABLE IF EXISTS t ADD COLUMN n serial UNIQUE"),
      .init(
        "add to a table that is missing", "ALTER TABLE IF EXISTS t ADD COLUMN n serial UNIQUE",
        changesNothing: true),
      .init("drop", given: t, "ALTER TABLE t DROP COLUMN a"),
      .init("drop a unique one", given: t, "ALTER TABLE t DROP COLUMN b"),
      .init(
        "drop the key", given: t + "CREATE TABLE c (t_id integer REFERENCES t)",
        "ALTER TABLE t DROP COLUMN id CASCADE"),
      .init(
        "drop if exists, missing", given: t, "ALTER TABLE t DROP COLUMN IF EXISTS nope", changesNothing: true),
      .init(
        "drop with a view",
        given: t
          + "CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT * FROM v; COMMENT ON VIEW w IS 'x'; GRANT SELECT ON v TO pg_monitor",
        "ALTER TABLE t DROP COLUMN a CASCADE"),
      .init(
        "drop with a policy",
        given: t + "CREATE POLICY p ON t USING (a = 1); CREATE POLICY q ON t USING (id = 1)",
        "ALTER TABLE t DROP COLUMN a CASCADE"),
      .init(
        "drop with statistics, a comment and a grant",
        given: t
          + "CREATE STATISTICS st ON a, b FROM t; COMMENT ON COLUMN t.a IS 'x'; GRANT SELECT (a) ON t TO pg_monitor",
        "ALTER TABLE t DROP COLUMN a"),
      .init(
        "drop with an index of several columns",
        given: t
          + "CREATE INDEX i ON t (id, a); CREATE INDEX j ON t (id) WHERE a > 1; CREATE INDEX k ON t (id, (a + 1))",
        "ALTER TABLE t DROP COLUMN a"),
      .init(
        "drop with a check of several columns",
        given: "CREATE TABLE t (a integer, b integer, CONSTRAINT pairwise CHECK (a < b))",
        "ALTER TABLE t DROP COLUMN a"),
      .init(
        "drop with a generated column",
        given: "CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a) STORED)",
        "ALTER TABLE t DROP COLUMN a CASCADE"),
      .init("drop a serial", given: "CREATE TABLE t (a serial, b integer)", "ALTER TABLE t DROP COLUMN a"),
      .init(
        "drop with a trigger of the column",
        given: t + Self.function
          + "CREATE TRIGGER tr BEFORE UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION f()",
        "ALTER TABLE t DROP COLUMN a CASCADE"),
      .init(
        "drop with a trigger's condition",
        given: t + Self.function
          + "CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW WHEN (NEW.a > 1) EXECUTE FUNCTION f()",
        "ALTER TABLE t DROP COLUMN a CASCADE"),
      .init("drop and add", given: t, "ALTER TABLE t DROP COLUMN a, ADD COLUMN a text CHECK (a <> '')"),
      .init("type", given: t, "ALTER TABLE t ALTER COLUMN a TYPE bigint USING a::bigint"),
      .init("type with collation", given: t, #"ALTER TABLE t ALTER b SET DATA TYPE varchar(10) COLLATE "C""#),
      .init("default", given: t, "ALTER TABLE t ALTER a SET DEFAULT 7, ALTER b SET DEFAULT 'x'"),
      .init("no default", given: t, "ALTER TABLE t ALTER COLUMN a DROP DEFAULT"),
      .init("not null", given: t, "ALTER TABLE t ALTER COLUMN a SET NOT NULL"),
      .init(
        "null", given: "CREATE TABLE t (a integer NOT NULL)", "ALTER TABLE t ALTER COLUMN a DROP NOT NULL"),
      .init(
        "drop expression", given: "CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a) STORED)",
        "ALTER TABLE t ALTER b DROP EXPRESSION"),
      .init("statistics target", given: t, "ALTER TABLE t ALTER a SET STATISTICS 500"),
      .init("options", given: t, "ALTER TABLE t ALTER a SET (n_distinct = 5)"),
      .init(
        "no options", given: t + "ALTER TABLE t ALTER a SET (n_distinct = 5)",
        "ALTER TABLE t ALTER a RESET (n_distinct)"),
      .init("storage", given: t, "ALTER TABLE t ALTER b SET STORAGE EXTERNAL"),
      .init("compression", given: t, "ALTER TABLE t ALTER b SET COMPRESSION pglz"),
      .init("add identity to a column", given: t, "ALTER TABLE t ALTER id ADD GENERATED ALWAYS AS IDENTITY"),
      .init(
        "set identity", given: "CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY)",
        "ALTER TABLE t ALTER a SET GENERATED BY DEFAULT SET INCREMENT 5"),
      .init(
        "drop identity", given: "CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY)",
        "ALTER TABLE t ALTER a DROP IDENTITY"),
      .init(
        "drop identity if exists, none", given: t, "ALTER TABLE t ALTER a DROP IDENTITY IF EXISTS",
        changesNothing: true),
      .init(
        "rename",
        given: t
          + "CREATE VIEW v AS SELECT a FROM t; CREATE POLICY p ON t USING (a = 1); COMMENT ON COLUMN t.a IS 'x'; GRANT SELECT (a) ON t TO pg_monitor",
        "ALTER TABLE t RENAME COLUMN a TO z"),
      .init(
        "add with a comment in between", given: t,
        "ALTER TABLE t ADD d integer; COMMENT ON COLUMN t.d IS 'd'; ALTER TABLE t RENAME d TO e"),
    ])
  }

  @Test("constraints")
  func constraints() async throws {
    let t = "CREATE TABLE t (a integer, b integer, c int4range); CREATE TABLE p (id integer PRIMARY KEY);"
    try await StatementTrial.run([
      .init("primary key", given: t, "ALTER TABLE t ADD PRIMARY KEY (a, b)"),
      .init("named unique", given: t, "ALTER TABLE t ADD CONSTRAINT u UNIQUE (a)"),
      .init("unique", given: t, "ALTER TABLE t ADD UNIQUE (a, b)"),
      .init(
        "unique where the name is taken", given: t + "ALTER TABLE t ADD UNIQUE (a)",
        "ALTER TABLE t ADD UNIQUE (a) DEFERRABLE", needsEarlierFiles: true),
      .init(
        "check", given: t,
        "ALTER TABLE t ADD CHECK (a > 0), ADD CHECK (b > 0), ADD CONSTRAINT n CHECK (a < b) NOT VALID"),
      .init(
        "foreign key", given: t,
        "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p, ADD CONSTRAINT fk FOREIGN KEY (b) REFERENCES p (id) ON UPDATE CASCADE NOT VALID"
      ),
      .init("exclusion", given: t, "ALTER TABLE t ADD EXCLUDE USING gist (c WITH &&)"),
      .init(
        "using an index", given: t + "CREATE UNIQUE INDEX i ON t (a)",
        "ALTER TABLE t ADD CONSTRAINT u UNIQUE USING INDEX i"),
      .init(
        "primary key using an index", given: t + "CREATE UNIQUE INDEX i ON t (a)",
        "ALTER TABLE t ADD PRIMARY KEY USING INDEX i"),
      .init(
        "drop", given: t + "ALTER TABLE t ADD CONSTRAINT u UNIQUE (a)", "ALTER TABLE t DROP CONSTRAINT u"),
      .init(
        "drop a check",
        given: t + "ALTER TABLE t ADD CONSTRAINT u CHECK (a > 1); COMMENT ON CONSTRAINT u ON t IS 'x'",
        "ALTER TABLE t DROP CONSTRAINT u"),
      .init(
        "drop if exists, missing", given: t, "ALTER TABLE t DROP CONSTRAINT IF EXISTS u", changesNothing: true
      ),
      .init(
        "drop the key that others refer to", given: t + "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p",
        "ALTER TABLE p DROP CONSTRAINT p_pkey CASCADE"),
      .init(
        "drop and add again", given: t + "ALTER TABLE t ADD CONSTRAINT u CHECK (a > 1)",
        "ALTER TABLE t DROP CONSTRAINT u, ADD CONSTRAINT u CHECK (a > 2)"),
      .init(
        "validate", given: t + "ALTER TABLE t ADD CONSTRAINT u CHECK (a > 1) NOT VALID",
        "ALTER TABLE t VALIDATE CONSTRAINT u"),
      .init(
        "deferrable", given: t + "ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES p",
        "ALTER TABLE t ALTER CONSTRAINT fk DEFERRABLE INITIALLY DEFERRED"),
      .init(
        "rename", given: t + "ALTER TABLE t ADD CONSTRAINT u UNIQUE (a)",
        "ALTER TABLE t RENAME CONSTRAINT u TO w"),
      .init(
        "rename a check",
        given: t + "ALTER TABLE t ADD CONSTRAINT u CHECK (a > 1); COMMENT ON CONSTRAINT u ON t IS 'x'",
        "ALTER TABLE t RENAME CONSTRAINT u TO w"),
      .init(
        "rename the index of a key", given: t + "ALTER TABLE t ADD CONSTRAINT u UNIQUE (a)",
        "ALTER INDEX u RENAME TO w"),
      .init(
        "foreign key to a column that is unique later",
        given: "CREATE TABLE t (a integer); CREATE TABLE p (id integer UNIQUE)",
        "ALTER TABLE t ADD COLUMN p_id integer NOT NULL REFERENCES p (id) ON DELETE SET NULL"),
    ])
  }

  @Test("everything else about a table")
  func others() async throws {
    let t = Self.table + Self.function
    let rich =
      t
      + "CREATE VIEW v AS SELECT a FROM t; CREATE POLICY p ON t; ALTER TABLE t ENABLE ROW LEVEL SECURITY; COMMENT ON TABLE t IS 'x'; COMMENT ON COLUMN t.a IS 'y'; GRANT SELECT ON t TO pg_monitor; GRANT UPDATE (a) ON t TO pg_monitor; CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f(); CREATE RULE r AS ON DELETE TO t DO NOTHING; CREATE TABLE c (t_id integer REFERENCES t); CREATE PUBLICATION pub FOR TABLE t; CREATE STATISTICS st ON a, b FROM t; COMMENT ON POLICY p ON t IS 'p'; CREATE SEQUENCE sq OWNED BY t.a; CREATE FUNCTION g(t) RETURNS integer LANGUAGE sql AS 'SELECT 1'; CREATE SCHEMA app;"
    try await StatementTrial.run([
      .init("rename", given: rich, "ALTER TABLE t RENAME TO u"),
      .init(
        "schema",
        given: rich.replacing("CREATE FUNCTION g(t) RETURNS integer LANGUAGE sql AS 'SELECT 1';", with: ""),
        "ALTER TABLE t SET SCHEMA app"),
      .init("drop", given: rich, "DROP TABLE t CASCADE"),
      .init("drop if exists, missing", "DROP TABLE IF EXISTS t CASCADE", changesNothing: true),
      .init(
        "drop several",
        given:
          "CREATE TABLE a (id integer PRIMARY KEY); CREATE TABLE b (a_id integer REFERENCES a); CREATE TABLE c ()",
        "DROP TABLE a, b, c"),
      .init(
        "drop what others refer to",
        given: "CREATE TABLE a (id integer PRIMARY KEY); CREATE TABLE b (a_id integer REFERENCES a)",
        "DROP TABLE a CASCADE"),
      .init("drop and make anew", given: rich, "DROP TABLE t CASCADE; CREATE TABLE t (id integer)"),
      .init("rename if exists, missing", "ALTER TABLE IF EXISTS t RENAME TO u", changesNothing: true),
      .init("row security", given: t, "ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"),
      .init(
        "row security, on already", given: t + "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY", changesNothing: true),
      .init(
        "no row security", given: t + "ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
        "ALTER TABLE t DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY"),
      .init("storage parameters", given: t, "ALTER TABLE t SET (fillfactor = 50)"),
      .init(
        "no storage parameters", given: "CREATE TABLE t () WITH (fillfactor = 50)",
        "ALTER TABLE t RESET (fillfactor)"),
      .init("unlogged", given: "CREATE TABLE t (a serial)", "ALTER TABLE t SET UNLOGGED"),
      .init("logged", given: "CREATE UNLOGGED TABLE t (a serial)", "ALTER TABLE t SET LOGGED"),
      .init("replica identity", given: t, "ALTER TABLE t REPLICA IDENTITY FULL"),
      .init("replica identity by index", given: t, "ALTER TABLE t REPLICA IDENTITY USING INDEX t_pkey"),
      .init(
        "of a type", given: "CREATE TYPE pair AS (a integer); CREATE TABLE t (a integer)",
        "ALTER TABLE t OF pair"),
      .init(
        "not of a type", given: "CREATE TYPE pair AS (a integer); CREATE TABLE t OF pair",
        "ALTER TABLE t NOT OF"),
      .init("cluster", given: t, "ALTER TABLE t CLUSTER ON t_a", changesNothing: true),
      .init(
        "disable a trigger",
        given: t + "CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()",
        "ALTER TABLE t DISABLE TRIGGER tr"),
      .init(
        "disable all triggers",
        given: t + "CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()",
        "ALTER TABLE t DISABLE TRIGGER ALL"),
      .init(
        "enable a trigger always",
        given: t + "CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()",
        "ALTER TABLE t ENABLE ALWAYS TRIGGER tr"),
      .init(
        "disable a rule", given: t + "CREATE RULE r AS ON DELETE TO t DO NOTHING",
        "ALTER TABLE t DISABLE RULE r"),
      .init(
        "owner", given: t + "CREATE ROLE prediction_owner", "ALTER TABLE t OWNER TO prediction_owner",
        changesNothing: true),
      .init(
        "owner who had grants",
        given: t + "CREATE ROLE prediction_owner; GRANT SELECT ON t TO prediction_owner",
        "ALTER TABLE t OWNER TO prediction_owner"),
      .init(
        "grants of a new owner", given: t + "CREATE ROLE prediction_owner",
        "ALTER TABLE t OWNER TO prediction_owner; GRANT SELECT ON t TO prediction_owner", changesNothing: true
      ),
      .init("access method", given: t, "ALTER TABLE t SET ACCESS METHOD heap", changesNothing: true),
      .init(
        "a view by ALTER TABLE", given: t + "CREATE VIEW v AS SELECT a FROM t", "ALTER TABLE v RENAME TO w"),
      .init(
        "a view's column by ALTER TABLE", given: t + "CREATE VIEW v AS SELECT a FROM t",
        "ALTER TABLE v RENAME COLUMN a TO z"),
      .init("an index by ALTER TABLE", given: t, "ALTER TABLE t_a RENAME TO t_b"),
      .init("a sequence by ALTER TABLE", given: "CREATE SEQUENCE s", "ALTER TABLE s RENAME TO s2"),
      .init(
        "all in a tablespace", "ALTER TABLE ALL IN TABLESPACE pg_default SET TABLESPACE pg_default",
        changesNothing: true, isOpaque: true),
    ])
  }
}

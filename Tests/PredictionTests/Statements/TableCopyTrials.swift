import Testing

@Suite("What tables take from other tables")
struct TableCopyTrials {
  @Test("LIKE, inheritance and partitions")
  func copies() async throws {
    let source =
      "CREATE TABLE s (id serial PRIMARY KEY, a integer DEFAULT 1 NOT NULL CHECK (a > 0), b text UNIQUE, g integer GENERATED ALWAYS AS (a + 1) STORED, n integer GENERATED ALWAYS AS IDENTITY, CONSTRAINT pairwise CHECK (a < 9 AND b <> '')); CREATE INDEX s_lower ON s (lower(b)); CREATE INDEX ON s (a, b) WHERE a > 1; COMMENT ON COLUMN s.a IS 'words'; COMMENT ON CONSTRAINT pairwise ON s IS 'w'; COMMENT ON INDEX s_lower IS 'i'; CREATE STATISTICS st ON a, b FROM s; COMMENT ON STATISTICS st IS 'x';"
    try await StatementTrial.run([
      .init("like", given: source, "CREATE TABLE t (LIKE s)"),
      .init(
        "like one that goes: the copy stays", given: source,
        "CREATE TABLE t (LIKE s); ALTER TABLE t ADD PRIMARY KEY (a); DROP TABLE s CASCADE"),
      .init(
        "a column of a row type goes with the table", given: "CREATE TABLE r (a integer)",
        "CREATE TABLE w (a integer, one r, many r[]); DROP TABLE r CASCADE"),
      .init("like including all", given: source, "CREATE TABLE t (LIKE s INCLUDING ALL)", isOpaque: true),
      .init(
        "like including some", given: source,
        "CREATE TABLE t (x integer, LIKE s INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)"),
      .init(
        "like including all but indexes", given: source,
        "CREATE TABLE t (LIKE s INCLUDING ALL EXCLUDING INDEXES)", isOpaque: true),
      .init(
        "like including identity and generated", given: source,
        "CREATE TABLE t (LIKE s INCLUDING IDENTITY INCLUDING GENERATED)"),
      .init(
        "like including comments", given: source, "CREATE TABLE t (LIKE s INCLUDING COMMENTS)", isOpaque: true
      ),
      .init(
        "like including statistics", given: source,
        "CREATE TABLE t (LIKE s INCLUDING STATISTICS INCLUDING STORAGE)", isOpaque: true),
      .init(
        "like, into another schema", given: source + "CREATE SCHEMA app",
        "CREATE TABLE app.s (LIKE public.s INCLUDING ALL)", isOpaque: true),
      .init(
        "like a view", given: "CREATE VIEW v AS SELECT 1 AS a, 'x'::text AS b", "CREATE TABLE t (LIKE v)"),
      .init(
        "inherits", given: "CREATE TABLE p (a integer NOT NULL CHECK (a > 0), b integer UNIQUE)",
        "CREATE TABLE t (c integer) INHERITS (p)"),
      .init(
        "inherits from two and merges",
        given: "CREATE TABLE p (a integer, b integer); CREATE TABLE q (a integer, c text)",
        "CREATE TABLE t (a integer DEFAULT 4, d text) INHERITS (p, q)"),
      .init(
        "partitioned by range", "CREATE TABLE t (a integer, b text, PRIMARY KEY (a)) PARTITION BY RANGE (a)"),
      .init("partitioned by list", "CREATE TABLE t (a integer, b text) PARTITION BY LIST (lower(b))"),
      .init("partitioned by hash", "CREATE TABLE t (a integer) PARTITION BY HASH (a)"),
      .init(
        "partition",
        given:
          "CREATE TABLE t (a integer NOT NULL, b text DEFAULT 'x' CHECK (b <> ''), PRIMARY KEY (a), UNIQUE (a, b)) PARTITION BY RANGE (a); CREATE INDEX ON t (b); CREATE INDEX named ON t (a, b)",
        "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1) TO (10)"),
      .init(
        "default partition", given: "CREATE TABLE t (a integer) PARTITION BY LIST (a)",
        "CREATE TABLE t_rest PARTITION OF t DEFAULT"),
      .init(
        "partition with its own constraints",
        given: "CREATE TABLE t (a integer, b integer) PARTITION BY LIST (a)",
        "CREATE TABLE t1 PARTITION OF t (b NOT NULL DEFAULT 4, CHECK (b > 0), UNIQUE (b)) FOR VALUES IN (1, 2)"
      ),
      .init(
        "partition that is partitioned",
        given: "CREATE TABLE t (a integer, b integer) PARTITION BY LIST (a); CREATE INDEX ON t (b)",
        "CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1) PARTITION BY HASH (b); CREATE TABLE t1a PARTITION OF t1 FOR VALUES WITH (MODULUS 2, REMAINDER 0)"
      ),
      .init(
        "partition of a table with a foreign key",
        given:
          "CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE t (a integer REFERENCES p) PARTITION BY LIST (a)",
        "CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1)"),
      .init(
        "partition of a table with a trigger",
        given:
          "CREATE TABLE t (a integer) PARTITION BY LIST (a); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
        "CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1)"),
      .init(
        "attach",
        given:
          "CREATE TABLE t (a integer, b text) PARTITION BY LIST (a); CREATE INDEX ON t (b); CREATE TABLE t1 (a integer, b text)",
        "ALTER TABLE t ATTACH PARTITION t1 FOR VALUES IN (1)", needsEarlierFiles: true),
      .init(
        "attach where keys are missing",
        given:
          "CREATE TABLE t (a integer PRIMARY KEY) PARTITION BY LIST (a); CREATE TABLE t1 (a integer NOT NULL)",
        "ALTER TABLE t ATTACH PARTITION t1 FOR VALUES IN (1)", needsEarlierFiles: true),
      .init(
        "detach",
        given:
          "CREATE TABLE t (a integer PRIMARY KEY) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1)",
        "ALTER TABLE t DETACH PARTITION t1"),
      .init(
        "index on partitions",
        given:
          "CREATE TABLE t (a integer) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1)",
        "CREATE INDEX ON t (a)", needsEarlierFiles: true),
      .init(
        "index on the parent only",
        given:
          "CREATE TABLE t (a integer) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1)",
        "CREATE INDEX i ON ONLY t (a)"),
      .init(
        "attach an index",
        given:
          "CREATE TABLE t (a integer) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1); CREATE INDEX i ON ONLY t (a); CREATE INDEX i1 ON t1 (a)",
        "ALTER INDEX i ATTACH PARTITION i1", changesNothing: true),
      .init(
        "column for partitions",
        given:
          "CREATE TABLE t (a integer) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1)",
        "ALTER TABLE t ADD COLUMN b text DEFAULT 'x', ADD CONSTRAINT c CHECK (a > 0)", needsEarlierFiles: true
      ),
      .init(
        "column for children", given: "CREATE TABLE p (a integer); CREATE TABLE c () INHERITS (p)",
        "ALTER TABLE p ADD COLUMN b integer, ADD CHECK (a > 0), ALTER a SET NOT NULL", needsEarlierFiles: true
      ),
      .init(
        "inherit", given: "CREATE TABLE p (a integer); CREATE TABLE c (a integer)", "ALTER TABLE c INHERIT p"),
      .init(
        "no inherit", given: "CREATE TABLE p (a integer); CREATE TABLE c () INHERITS (p)",
        "ALTER TABLE c NO INHERIT p"),
      .init(
        "drop a column of the parent",
        given: "CREATE TABLE p (a integer, b integer); CREATE TABLE c (d integer) INHERITS (p)",
        "ALTER TABLE p DROP COLUMN b"),
      .init(
        "rename a column of the parent",
        given: "CREATE TABLE p (a integer, b integer); CREATE TABLE c (d integer) INHERITS (p)",
        "ALTER TABLE p RENAME b TO e"),
      .init(
        "drop the parent", given: "CREATE TABLE p (a integer); CREATE TABLE c () INHERITS (p)",
        "DROP TABLE p CASCADE"),
      .init(
        "drop a partitioned table",
        given:
          "CREATE TABLE t (a integer PRIMARY KEY) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1)",
        "DROP TABLE t"),
    ])
  }
}

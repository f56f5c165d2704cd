extension PrefixSet {
  /// Who owns objects, where and how they are kept, what they are attached to.
  static let circumstances: [PrefixSet] = [
    PrefixSet(
      "triggers of partitions, with and after those of their parent",
      """
      CREATE TABLE p (id int) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (9);
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER a AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f()
      """,
      "ALTER TABLE p DISABLE TRIGGER a", "ALTER TABLE p1 ENABLE TRIGGER a",
      "ALTER TABLE p ENABLE ALWAYS TRIGGER a",
      "ALTER TABLE ONLY p DISABLE TRIGGER a", "ALTER TABLE p DISABLE TRIGGER ALL",
      "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (19)", "ALTER TABLE p2 ENABLE TRIGGER USER"),
    PrefixSet(
      "an index that is attached to that of the partitioned table",
      """
      CREATE TABLE p (id int) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (9);
      CREATE INDEX p_i ON ONLY p (id); CREATE INDEX p1_i ON p1 (id)
      """,
      "ALTER INDEX p_i ATTACH PARTITION p1_i",
      "ALTER TABLE p DETACH PARTITION p1; CREATE INDEX p1_j ON p1 (id)"),
    PrefixSet(
      "nothing but the bound of a partition",
      "CREATE TABLE p (id bigint) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (9)",
      "ALTER TABLE p DETACH PARTITION p1; ALTER TABLE p ATTACH PARTITION p1 FOR VALUES FROM (1) TO (19)",
      "ALTER TABLE p DETACH PARTITION p1; ALTER TABLE p ATTACH PARTITION p1 DEFAULT",
      "CREATE TABLE l (k text) PARTITION BY LIST (k); CREATE TABLE l1 PARTITION OF l FOR VALUES IN ('a', 'b')",
      "ALTER TABLE l DETACH PARTITION l1; ALTER TABLE l ATTACH PARTITION l1 FOR VALUES IN ('a', 'c')",
      """
      CREATE TABLE h (k text) PARTITION BY HASH (k);
      CREATE TABLE h1 PARTITION OF h FOR VALUES WITH (MODULUS 2, REMAINDER 0)
      """,
      "ALTER TABLE h DETACH PARTITION h1; ALTER TABLE h ATTACH PARTITION h1 FOR VALUES WITH (MODULUS 4, REMAINDER 0)"
    ),
    PrefixSet(
      "another access method and back",
      "CREATE TABLE t (a int); CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler",
      "ALTER TABLE t SET ACCESS METHOD heap2", "CREATE TABLE u (a int) USING heap2",
      "ALTER TABLE u SET ACCESS METHOD heap", "CREATE MATERIALIZED VIEW v USING heap2 AS SELECT a FROM t",
      "ALTER MATERIALIZED VIEW v SET ACCESS METHOD heap"),
    PrefixSet(
      "another tablespace and back",
      before: [
        "SET allow_in_place_tablespaces = on", "CREATE TABLESPACE prefix_space LOCATION ''",
      ],
      clusterObjects: ["TABLESPACE prefix_space"],
      "CREATE TABLE t (a int); CREATE INDEX i ON t (a)", "ALTER TABLE t SET TABLESPACE prefix_space",
      "ALTER INDEX i SET TABLESPACE prefix_space", "CREATE TABLE u (a int) TABLESPACE prefix_space",
      "ALTER TABLE u SET TABLESPACE pg_default", "ALTER INDEX i SET TABLESPACE pg_default",
      "CREATE INDEX j ON t (a) TABLESPACE prefix_space", "ALTER INDEX j SET TABLESPACE pg_default",
      "CREATE MATERIALIZED VIEW v TABLESPACE prefix_space AS SELECT a FROM t",
      "ALTER MATERIALIZED VIEW v SET TABLESPACE pg_default"),
    PrefixSet(
      "the index by which a table is clustered",
      "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a); CREATE INDEX j ON t (b)",
      "ALTER TABLE t CLUSTER ON i", "ALTER TABLE t CLUSTER ON j", "ALTER TABLE t SET WITHOUT CLUSTER",
      "CLUSTER t USING i", "ALTER INDEX i RENAME TO k", "DROP INDEX k", "ALTER TABLE t CLUSTER ON j"),
    PrefixSet(
      "how much is gathered for extended statistics",
      "CREATE TABLE t (a int, b int); CREATE STATISTICS s ON a, b FROM t",
      "ALTER STATISTICS s SET STATISTICS 500", "ALTER STATISTICS s RENAME TO s2",
      "ALTER STATISTICS s2 SET STATISTICS -1", "CREATE SCHEMA x; ALTER STATISTICS s2 SET SCHEMA x",
      "ALTER STATISTICS IF EXISTS x.s2 SET STATISTICS 10", "DROP STATISTICS x.s2"),
    PrefixSet(
      "an extension's version and schema", silent: [5],
      "CREATE SCHEMA e; CREATE EXTENSION hstore VERSION '1.4'", "ALTER EXTENSION hstore UPDATE TO '1.7'",
      "ALTER EXTENSION hstore SET SCHEMA e", "DROP EXTENSION hstore; CREATE EXTENSION hstore",
      "ALTER EXTENSION hstore UPDATE"),
    PrefixSet(
      "owners, one after the other",
      before: ["CREATE ROLE prefix_owner", "CREATE ROLE prefix_heir"],
      clusterObjects: ["ROLE prefix_owner", "ROLE prefix_heir"],
      """
      CREATE TABLE t (id serial); CREATE VIEW v AS SELECT 1; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
      CREATE TYPE e AS ENUM ('a'); CREATE DOMAIN d AS int; CREATE SCHEMA s; CREATE PUBLICATION p;
      CREATE MATERIALIZED VIEW m AS SELECT 1; CREATE AGGREGATE ag (int) (sfunc = int4pl, stype = int); CREATE TABLE k (a int);
      CREATE SCHEMA s2 AUTHORIZATION prefix_owner
      """,
      "ALTER TABLE t OWNER TO prefix_owner; ALTER SEQUENCE t_id_seq OWNER TO prefix_owner",
      "ALTER TABLE t OWNER TO prefix_heir", "ALTER TABLE k OWNER TO postgres",
      "ALTER VIEW v OWNER TO prefix_owner", "ALTER FUNCTION f() OWNER TO prefix_owner",
      "ALTER TYPE e OWNER TO prefix_owner", "ALTER DOMAIN d OWNER TO prefix_owner",
      "ALTER SCHEMA s OWNER TO prefix_owner",
      "ALTER PUBLICATION p OWNER TO prefix_owner", "ALTER MATERIALIZED VIEW m OWNER TO prefix_owner",
      "ALTER AGGREGATE ag(int) OWNER TO prefix_owner", "ALTER SCHEMA s2 OWNER TO prefix_heir",
      "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2'",
      "ALTER FUNCTION f() OWNER TO prefix_heir"),
  ]
}

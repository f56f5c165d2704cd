import Testing

@Suite("What statements on privileges and comments do")
struct PrivilegeTrials {
  @Test("grants and revokes")
  func grants() async throws {
    let t =
      "CREATE TABLE t (a integer, b text); CREATE VIEW v AS SELECT a FROM t; CREATE SEQUENCE s; CREATE FUNCTION f(integer) RETURNS void LANGUAGE sql AS ''; CREATE FUNCTION f(text) RETURNS void LANGUAGE sql AS ''; CREATE PROCEDURE p() LANGUAGE sql AS ''; CREATE TYPE mood AS ENUM ('a'); CREATE DOMAIN d AS text; CREATE ROLE prediction_reader; CREATE ROLE prediction_writer; CREATE SCHEMA app; CREATE TABLE app.x (a serial);"
    try await StatementTrial.run([
      .init("table", given: t, "GRANT SELECT, INSERT ON t TO prediction_reader, PUBLIC"),
      .init("table, all", given: t, "GRANT ALL PRIVILEGES ON TABLE t TO prediction_reader"),
      .init("to the owner", given: t, "GRANT ALL ON t TO CURRENT_USER", changesNothing: true),
      .init(
        "again", given: t + "GRANT SELECT ON t TO prediction_reader",
        "GRANT SELECT ON t TO prediction_reader", changesNothing: true),
      .init("grant option", given: t, "GRANT SELECT ON t TO prediction_reader WITH GRANT OPTION"),
      .init(
        "grant option later", given: t + "GRANT SELECT ON t TO prediction_reader",
        "GRANT SELECT ON t TO prediction_reader WITH GRANT OPTION"),
      .init(
        "no grant option", given: t + "GRANT SELECT ON t TO prediction_reader WITH GRANT OPTION",
        "REVOKE GRANT OPTION FOR SELECT ON t FROM prediction_reader"),
      .init("columns", given: t, "GRANT SELECT (a), UPDATE (a, b) ON t TO prediction_reader"),
      .init("all on columns", given: t, "GRANT ALL (a) ON t TO prediction_reader"),
      .init(
        "revoke on columns", given: t + "GRANT SELECT (a, b) ON t TO prediction_reader",
        "REVOKE SELECT (a) ON t FROM prediction_reader"),
      .init(
        "revoke on the table takes the columns", given: t + "GRANT SELECT (a, b) ON t TO prediction_reader",
        "REVOKE SELECT ON t FROM prediction_reader"),
      .init(
        "revoke all takes the columns", given: t + "GRANT SELECT (a), UPDATE (b) ON t TO prediction_reader",
        "REVOKE ALL ON t FROM prediction_reader"),
      .init("view", given: t, "GRANT SELECT ON v TO prediction_reader"),
      .init("sequence", given: t, "GRANT USAGE, SELECT ON SEQUENCE s TO prediction_reader"),
      .init("sequence as a table", given: t, "GRANT SELECT ON s TO prediction_reader"),
      .init("function", given: t, "GRANT EXECUTE ON FUNCTION f(integer) TO prediction_reader"),
      .init("function from everyone", given: t, "REVOKE ALL ON FUNCTION f(text) FROM PUBLIC"),
      .init(
        "new function from everyone", given: t,
        "CREATE FUNCTION g() RETURNS void LANGUAGE sql AS ''; REVOKE EXECUTE ON FUNCTION g() FROM PUBLIC; GRANT EXECUTE ON FUNCTION g() TO prediction_reader"
      ),
      .init(
        "replaced function keeps its grants", given: t + "REVOKE ALL ON FUNCTION f(text) FROM PUBLIC",
        "CREATE OR REPLACE FUNCTION f(text) RETURNS void LANGUAGE sql AS 'SELECT 1'"),
      .init(
        "procedure", given: t,
        "GRANT EXECUTE ON PROCEDURE p TO prediction_reader; GRANT EXECUTE ON ROUTINE f(text) TO prediction_reader"
      ),
      .init(
        "type", given: t,
        "GRANT USAGE ON TYPE mood TO prediction_reader; GRANT USAGE ON DOMAIN d TO prediction_reader"),
      .init("type from everyone", given: t, "REVOKE USAGE ON TYPE mood FROM PUBLIC"),
      .init("schema", given: t, "GRANT USAGE, CREATE ON SCHEMA app TO prediction_reader"),
      .init("public schema", "REVOKE ALL ON SCHEMA public FROM PUBLIC"),
      .init(
        "all tables in a schema", given: t,
        "GRANT SELECT ON ALL TABLES IN SCHEMA public, app TO prediction_reader", isOpaque: true),
      .init(
        "all sequences in a schema", given: t,
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA app TO prediction_reader", isOpaque: true),
      .init(
        "all functions in a schema", given: t, "REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC",
        isOpaque: true),
      .init(
        "all routines in a schema", given: t,
        "GRANT EXECUTE ON ALL ROUTINES IN SCHEMA public TO prediction_reader", isOpaque: true),
      .init(
        "database", given: t, "GRANT CONNECT ON DATABASE postgres TO prediction_reader", changesNothing: true),
      .init("language", given: t, "GRANT USAGE ON LANGUAGE sql TO prediction_reader", changesNothing: true),
      .init("role", given: t, "GRANT prediction_reader TO prediction_writer"),
      .init(
        "role with admin option", given: t, "GRANT prediction_reader TO prediction_writer WITH ADMIN OPTION"),
      .init("role of the server", given: t, "GRANT pg_read_all_data TO prediction_writer"),
      .init(
        "revoke a role", given: t + "GRANT prediction_reader TO prediction_writer",
        "REVOKE prediction_reader FROM prediction_writer"),
      .init(
        "owned by", given: t + "ALTER TABLE t OWNER TO prediction_reader",
        "REASSIGN OWNED BY prediction_reader TO prediction_writer", changesNothing: true, isOpaque: true),
      .init(
        "drop owned",
        given: t
          + "CREATE TABLE gone (a integer); ALTER TABLE gone OWNER TO prediction_reader; GRANT SELECT ON t TO prediction_reader",
        "DROP OWNED BY prediction_reader", isOpaque: true),
    ])
  }

  @Test("roles")
  func roles() async throws {
    try await StatementTrial.run([
      .init("create", "CREATE ROLE prediction_maker LOGIN CREATEDB"),
      .init("user and group", "CREATE USER prediction_user; CREATE GROUP prediction_group"),
      .init(
        "in a role", given: "CREATE ROLE prediction_group",
        "CREATE ROLE prediction_member IN ROLE prediction_group; CREATE ROLE prediction_other ROLE prediction_member ADMIN prediction_group"
      ),
      .init(
        "alter", given: "CREATE ROLE prediction_maker", "ALTER ROLE prediction_maker NOINHERIT BYPASSRLS"),
      .init(
        "rename",
        given:
          "CREATE ROLE prediction_maker; CREATE TABLE t (a integer); GRANT SELECT ON t TO prediction_maker",
        "ALTER ROLE prediction_maker RENAME TO prediction_taker"),
      .init(
        "group", given: "CREATE ROLE prediction_group; CREATE ROLE prediction_member",
        "ALTER GROUP prediction_group ADD USER prediction_member"),
      .init(
        "drop", given: "CREATE ROLE prediction_maker; CREATE ROLE prediction_member IN ROLE prediction_maker",
        "DROP ROLE prediction_maker"),
      .init("drop if exists", "DROP ROLE IF EXISTS prediction_nobody", changesNothing: true),
      .init(
        "as another role",
        given: "CREATE ROLE prediction_maker; GRANT CREATE ON SCHEMA public TO prediction_maker",
        "SET LOCAL ROLE prediction_maker; CREATE TABLE t (a integer); GRANT SELECT ON t TO pg_monitor; RESET ROLE"
      ),
    ])
  }

  @Test("default privileges")
  func defaults() async throws {
    let r = "CREATE ROLE prediction_reader; CREATE SCHEMA app;"
    let tables = r + "ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO prediction_reader;"
    try await StatementTrial.run([
      .init(
        "tables of a schema", given: r,
        "ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT, INSERT ON TABLES TO prediction_reader"),
      .init(
        "all on tables", given: r,
        "ALTER DEFAULT PRIVILEGES IN SCHEMA app, public GRANT ALL ON TABLES TO prediction_reader"),
      .init(
        "tables of all schemas", given: r,
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO prediction_reader"),
      .init(
        "functions of all schemas", given: r,
        "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC"),
      .init(
        "functions given back", given: r + "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
        "ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC"),
      .init(
        "functions of a schema, from everyone", given: r,
        "ALTER DEFAULT PRIVILEGES IN SCHEMA app REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC", changesNothing: true
      ),
      .init(
        "sequences, types and schemas", given: r,
        "ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO prediction_reader; ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO prediction_reader; ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO prediction_reader"
      ),
      .init(
        "routines", given: r,
        "ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT EXECUTE ON ROUTINES TO prediction_reader"),
      .init(
        "for another role", given: r + "CREATE ROLE prediction_maker",
        "ALTER DEFAULT PRIVILEGES FOR ROLE prediction_maker IN SCHEMA app GRANT SELECT ON TABLES TO prediction_reader"
      ),
      .init(
        "revoke", given: tables,
        "ALTER DEFAULT PRIVILEGES IN SCHEMA app REVOKE ALL ON TABLES FROM prediction_reader"),
      .init(
        "with grant option", given: r,
        "ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO prediction_reader WITH GRANT OPTION"
      ),
      .init(
        "a table gets them", given: tables,
        "CREATE TABLE app.t (a serial); CREATE VIEW app.v AS SELECT a FROM app.t; CREATE MATERIALIZED VIEW app.m AS SELECT 1 AS a; CREATE TABLE t (a integer)"
      ),
      .init(
        "a table gets them, made by both", given: r,
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO prediction_reader; ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT UPDATE ON TABLES TO PUBLIC; CREATE TABLE app.t (a integer); CREATE TABLE t (a integer)"
      ),
      .init(
        "a function gets them",
        given: r
          + "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC; ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT EXECUTE ON FUNCTIONS TO prediction_reader",
        "CREATE FUNCTION app.f() RETURNS void LANGUAGE sql AS ''; CREATE FUNCTION f() RETURNS void LANGUAGE sql AS ''"
      ),
      .init(
        "a sequence, a type and a schema get them",
        given: r
          + "ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO prediction_reader; ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO prediction_reader; ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO prediction_reader",
        "CREATE TABLE t (a serial); CREATE TYPE mood AS ENUM ('a'); CREATE DOMAIN d AS text; CREATE SCHEMA other"
      ),
      .init(
        "a table moved there does not get them", given: tables + "CREATE TABLE t (a integer)",
        "ALTER TABLE t SET SCHEMA app"),
    ])
  }

  @Test("comments and labels")
  func comments() async throws {
    let t =
      "CREATE TABLE t (a integer PRIMARY KEY); CREATE VIEW v AS SELECT a FROM t; CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'; CREATE TYPE mood AS ENUM ('a'); CREATE DOMAIN d AS text CONSTRAINT dc CHECK (VALUE <> ''); CREATE INDEX i ON t (a); CREATE SEQUENCE s; CREATE POLICY p ON t; CREATE RULE r AS ON DELETE TO t DO NOTHING; CREATE PUBLICATION pub; CREATE SCHEMA app; CREATE STATISTICS st ON (a + 1) FROM t; CREATE TYPE pair AS (x integer); CREATE PROCEDURE pr() LANGUAGE sql AS ''; CREATE AGGREGATE ag(integer) (SFUNC = int4pl, STYPE = integer); CREATE MATERIALIZED VIEW m AS SELECT 1 AS a; CREATE ROLE prediction_reader; CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf(); CREATE CAST (integer AS pair) WITH INOUT; CREATE COLLATION co FROM \"C\"; CREATE TEXT SEARCH CONFIGURATION tc (COPY = english); CREATE OPERATOR FAMILY fam USING btree; CREATE EXTENSION citext;"
    try await StatementTrial.run([
      .init(
        "relations", given: t,
        "COMMENT ON TABLE t IS 'x'; COMMENT ON VIEW v IS 'x'; COMMENT ON MATERIALIZED VIEW m IS 'x'; COMMENT ON INDEX i IS 'x'; COMMENT ON SEQUENCE s IS 'x'; COMMENT ON COLUMN t.a IS 'x'; COMMENT ON COLUMN v.a IS 'x'"
      ),
      .init(
        "parts of tables", given: t,
        "COMMENT ON CONSTRAINT t_pkey ON t IS 'x'; COMMENT ON POLICY p ON t IS 'x'; COMMENT ON RULE r ON t IS 'x'; COMMENT ON TRIGGER tr ON t IS 'x'"
      ),
      .init(
        "functions", given: t,
        "COMMENT ON FUNCTION f(integer) IS 'x'; COMMENT ON PROCEDURE pr() IS 'x'; COMMENT ON AGGREGATE ag(integer) IS 'x'"
      ),
      .init("functions by name", given: t, "COMMENT ON FUNCTION f IS 'x'; COMMENT ON ROUTINE pr IS 'x'"),
      .init(
        "types", given: t,
        "COMMENT ON TYPE mood IS 'x'; COMMENT ON DOMAIN d IS 'x'; COMMENT ON TYPE d IS 'y'; COMMENT ON TYPE pair IS 'x'"
      ),
      .init(
        "constraint of a domain", given: t, "COMMENT ON CONSTRAINT dc ON DOMAIN d IS 'x'"),
      .init("column of a type", given: t, "COMMENT ON COLUMN pair.x IS 'x'"),
      .init(
        "outside schemas", given: t,
        "COMMENT ON SCHEMA app IS 'x'; COMMENT ON PUBLICATION pub IS 'x'; COMMENT ON ROLE prediction_reader IS 'x'; COMMENT ON CAST (integer AS pair) IS 'x'; COMMENT ON EXTENSION citext IS 'mine'"
      ),
      .init(
        "rarities", given: t,
        "COMMENT ON STATISTICS st IS 'x'; COMMENT ON COLLATION co IS 'x'; COMMENT ON TEXT SEARCH CONFIGURATION tc IS 'x'; COMMENT ON OPERATOR FAMILY fam USING btree IS 'x'"
      ),
      .init("the database", "COMMENT ON DATABASE postgres IS 'x'", changesNothing: true),
      .init("change", given: t + "COMMENT ON TABLE t IS 'x'", "COMMENT ON TABLE t IS 'y'"),
      .init("remove", given: t + "COMMENT ON TABLE t IS 'x'", "COMMENT ON TABLE t IS NULL"),
      .init(
        "remove by an empty text", given: t + "COMMENT ON COLUMN t.a IS 'x'", "COMMENT ON COLUMN t.a IS ''"),
      .init("on the server's own", "COMMENT ON FUNCTION now() IS 'x'", changesNothing: true),
    ])
  }
}

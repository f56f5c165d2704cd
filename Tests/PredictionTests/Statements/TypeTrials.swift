import Testing

@Suite("What statements on types, schemas and rarer objects do")
struct TypeTrials {
  @Test("types, enumerations and domains")
  func types() async throws {
    let mood = "CREATE TYPE mood AS ENUM ('sad', 'ok');"
    let used =
      mood
      + "CREATE TABLE t (id integer, m mood DEFAULT 'ok', ms mood[]); CREATE FUNCTION f(mood, mood[]) RETURNS mood LANGUAGE sql AS 'SELECT $1'; CREATE VIEW v AS SELECT m FROM t; COMMENT ON TYPE mood IS 'x'; CREATE SCHEMA app;"
    let pair = "CREATE TYPE pair AS (a integer, b text);"
    let domain = "CREATE DOMAIN d AS integer CONSTRAINT positive CHECK (VALUE > 0);"
    try await StatementTrial.run([
      .init("enum", "CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'Happy')"),
      .init("empty enum", "CREATE TYPE mood AS ENUM ()"),
      .init("add a value", given: mood, "ALTER TYPE mood ADD VALUE 'happy'"),
      .init("add a value before", given: mood, "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'grim' BEFORE 'sad'"),
      .init(
        "add a value that is there", given: mood, "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'sad'",
        changesNothing: true),
      .init("rename a value", given: mood, "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'"),
      .init("rename", given: used, "ALTER TYPE mood RENAME TO humour"),
      .init("schema", given: used, "ALTER TYPE mood SET SCHEMA app"),
      .init("drop", given: mood, "DROP TYPE mood"),
      .init("drop with columns and functions", given: used, "DROP TYPE mood CASCADE"),
      .init("drop if exists, missing", "DROP TYPE IF EXISTS mood", changesNothing: true),
      .init("composite", "CREATE TYPE pair AS (a integer, b text COLLATE \"C\")"),
      .init("add an attribute", given: pair, "ALTER TYPE pair ADD ATTRIBUTE c text, DROP ATTRIBUTE a"),
      .init("alter an attribute", given: pair, "ALTER TYPE pair ALTER ATTRIBUTE b TYPE varchar(5)"),
      .init("rename an attribute", given: pair, "ALTER TYPE pair RENAME ATTRIBUTE b TO c"),
      .init(
        "rename a composite", given: pair + "CREATE TABLE t (p pair)", "ALTER TYPE pair RENAME TO couple"),
      .init("drop a composite", given: pair + "CREATE TABLE t (p pair, q integer)", "DROP TYPE pair CASCADE"),
      .init("range", "CREATE TYPE span AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi)"),
      .init(
        "range with a named multirange",
        "CREATE TYPE span AS RANGE (SUBTYPE = float8, MULTIRANGE_TYPE_NAME = spans)"),
      .init(
        "drop a range",
        given: "CREATE TYPE span AS RANGE (SUBTYPE = float8); CREATE TABLE t (a span, b spanmultirange)"
          .replacing("spanmultirange", with: "span_multirange"), "DROP TYPE span CASCADE"),
      .init("shell", "CREATE TYPE box2"),
      .init(
        "base",
        given:
          "CREATE TYPE box2; CREATE FUNCTION box2_in(cstring) RETURNS box2 LANGUAGE internal IMMUTABLE STRICT AS 'textin'; CREATE FUNCTION box2_out(box2) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout'",
        "CREATE TYPE box2 (INPUT = box2_in, OUTPUT = box2_out, LIKE = text)"),
      .init(
        "domain", "CREATE DOMAIN d AS varchar(10) COLLATE \"C\" DEFAULT 'x' NOT NULL CHECK (VALUE <> '')"),
      .init(
        "domain: add a check", given: domain,
        "ALTER DOMAIN d ADD CONSTRAINT small CHECK (VALUE < 9) NOT VALID"),
      .init("domain: drop a check", given: domain, "ALTER DOMAIN d DROP CONSTRAINT positive"),
      .init("domain: rename a check", given: domain, "ALTER DOMAIN d RENAME CONSTRAINT positive TO above"),
      .init("domain: default", given: domain, "ALTER DOMAIN d SET DEFAULT 4"),
      .init("domain: not null", given: domain, "ALTER DOMAIN d SET NOT NULL"),
      .init("domain: rename", given: domain + "CREATE TABLE t (a d)", "ALTER DOMAIN d RENAME TO e"),
      .init("domain: rename as a type", given: domain, "ALTER TYPE d RENAME TO e"),
      .init("domain: drop", given: domain + "CREATE TABLE t (a d, b integer)", "DROP DOMAIN d CASCADE"),
      .init("domain: schema", given: domain + "CREATE SCHEMA app", "ALTER DOMAIN d SET SCHEMA app"),
      .init("domain over a domain", given: domain, "CREATE DOMAIN e AS d; DROP DOMAIN d CASCADE"),
      .init(
        "column of an enum becomes text", given: mood + "CREATE TABLE t (m mood)",
        "ALTER TABLE t ALTER m TYPE text; DROP TYPE mood"),
      .init(
        "enum made anew", given: mood + "CREATE TABLE t (m mood)",
        "ALTER TYPE mood RENAME TO mood_old; CREATE TYPE mood AS ENUM ('x'); ALTER TABLE t ALTER m TYPE mood USING 'x'::mood; DROP TYPE mood_old"
      ),
    ])
  }

  @Test("schemas and extensions")
  func schemas() async throws {
    let app =
      "CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('a'); CREATE TABLE app.t (id serial PRIMARY KEY, m app.mood UNIQUE); CREATE VIEW app.v AS SELECT id FROM app.t; CREATE FUNCTION app.f(app.mood) RETURNS app.mood LANGUAGE sql AS 'SELECT $1'; CREATE FUNCTION g(app.mood) RETURNS void LANGUAGE sql AS ''; COMMENT ON TABLE app.t IS 'x'; COMMENT ON SCHEMA app IS 's'; GRANT USAGE ON SCHEMA app TO pg_monitor; GRANT SELECT ON app.t TO pg_monitor; CREATE PUBLICATION pub FOR TABLE app.t, TABLES IN SCHEMA app; CREATE VIEW w AS SELECT id FROM app.v; ALTER TABLE app.t ENABLE ROW LEVEL SECURITY; ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO pg_monitor;"
    try await StatementTrial.run([
      .init("schema", "CREATE SCHEMA app"),
      .init(
        "schema of a role", given: "CREATE ROLE prediction_role",
        "CREATE SCHEMA AUTHORIZATION prediction_role; CREATE SCHEMA other AUTHORIZATION prediction_role"),
      .init(
        "schema with contents",
        "CREATE SCHEMA app CREATE TABLE t (id serial PRIMARY KEY) CREATE VIEW v AS SELECT id FROM t CREATE INDEX ON t (id) GRANT SELECT ON t TO pg_monitor"
      ),
      .init(
        "schema, there", given: "CREATE SCHEMA app", "CREATE SCHEMA IF NOT EXISTS app", changesNothing: true),
      .init("rename", given: app, "ALTER SCHEMA app RENAME TO core"),
      .init("drop", given: app, "DROP SCHEMA app CASCADE"),
      .init("drop an empty one", given: "CREATE SCHEMA app", "DROP SCHEMA IF EXISTS app, nowhere"),
      .init(
        "owner", given: app + "CREATE ROLE prediction_role", "ALTER SCHEMA app OWNER TO prediction_role",
        changesNothing: true),
      .init("extension", "CREATE EXTENSION pg_trgm"),
      .init(
        "extension in a schema", given: "CREATE SCHEMA extensions",
        "CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA extensions"),
      .init(
        "extension, there", given: "CREATE EXTENSION citext", "CREATE EXTENSION IF NOT EXISTS citext",
        changesNothing: true),
      .init("extension with what it needs", "CREATE EXTENSION earthdistance CASCADE", isOpaque: true),
      .init(
        "extension's schema", given: "CREATE SCHEMA extensions; CREATE EXTENSION citext",
        "ALTER EXTENSION citext SET SCHEMA extensions"),
      .init(
        "extension's type in a function", given: "CREATE EXTENSION citext",
        "CREATE FUNCTION f(a citext) RETURNS citext LANGUAGE sql AS 'SELECT a'"),
      .init(
        "drop an extension",
        given:
          "CREATE EXTENSION citext; CREATE TABLE t (a citext, b integer); CREATE INDEX ON t (a); CREATE FUNCTION f(a citext) RETURNS void LANGUAGE sql AS ''",
        "DROP EXTENSION citext CASCADE"),
      .init(
        "drop an extension with an index",
        given:
          "CREATE EXTENSION pg_trgm; CREATE TABLE t (a text); CREATE INDEX i ON t USING gin (a gin_trgm_ops)",
        "DROP EXTENSION pg_trgm CASCADE"),
      .init(
        "member of an extension",
        given: "CREATE EXTENSION citext; CREATE FUNCTION f() RETURNS void LANGUAGE sql AS ''",
        "ALTER EXTENSION citext ADD FUNCTION f()", isOpaque: true),
    ])
  }

  @Test("operators, casts, text search and the like")
  func rarities() async throws {
    let plus = "CREATE FUNCTION plus(integer, text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';"
    let cast =
      "CREATE TYPE pair AS (a integer); CREATE FUNCTION to_pair(integer) RETURNS pair LANGUAGE sql AS 'SELECT ROW($1)::pair';"
    try await StatementTrial.run([
      .init(
        "operator", given: plus, "CREATE OPERATOR +! (LEFTARG = integer, RIGHTARG = text, FUNCTION = plus)"),
      .init(
        "operator with a commutator",
        given: plus
          + "CREATE FUNCTION sulp(text, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1'",
        "CREATE OPERATOR +! (LEFTARG = integer, RIGHTARG = text, PROCEDURE = plus, COMMUTATOR = !+)"),
      .init(
        "prefix operator", given: "CREATE FUNCTION one(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE OPERATOR !! (RIGHTARG = integer, FUNCTION = one)"),
      .init(
        "alter an operator",
        given: plus
          + "CREATE OPERATOR +! (LEFTARG = integer, RIGHTARG = text, FUNCTION = plus); CREATE SCHEMA app",
        "ALTER OPERATOR +! (integer, text) SET SCHEMA app"),
      .init(
        "drop an operator",
        given: plus + "CREATE OPERATOR +! (LEFTARG = integer, RIGHTARG = text, FUNCTION = plus)",
        "DROP OPERATOR +! (integer, text)"),
      .init(
        "drop an operator's function",
        given: plus + "CREATE OPERATOR +! (LEFTARG = integer, RIGHTARG = text, FUNCTION = plus)",
        "DROP FUNCTION plus CASCADE"),
      .init(
        "operator class",
        "CREATE OPERATOR CLASS ints FOR TYPE integer USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer)"
      ),
      .init(
        "operator class in a family", given: "CREATE OPERATOR FAMILY fam USING btree",
        "CREATE OPERATOR CLASS ints FOR TYPE integer USING btree FAMILY fam AS OPERATOR 1 <, FUNCTION 1 btint4cmp(integer, integer)"
      ),
      .init("operator family", "CREATE OPERATOR FAMILY fam USING btree"),
      .init(
        "add to an operator family", given: "CREATE OPERATOR FAMILY fam USING btree",
        "ALTER OPERATOR FAMILY fam USING btree ADD OPERATOR 1 < (integer, integer)", changesNothing: true),
      .init(
        "rename an operator family", given: "CREATE OPERATOR FAMILY fam USING btree",
        "ALTER OPERATOR FAMILY fam USING btree RENAME TO fum"),
      .init(
        "drop an operator family",
        given:
          "CREATE OPERATOR CLASS ints FOR TYPE integer USING btree AS OPERATOR 1 <, FUNCTION 1 btint4cmp(integer, integer)",
        "DROP OPERATOR FAMILY ints USING btree CASCADE"),
      .init(
        "drop an operator class",
        given:
          "CREATE OPERATOR CLASS ints FOR TYPE integer USING btree AS OPERATOR 1 <, FUNCTION 1 btint4cmp(integer, integer)",
        "DROP OPERATOR CLASS ints USING btree"),
      .init(
        "cast", given: cast, "CREATE CAST (integer AS pair) WITH FUNCTION to_pair(integer) AS ASSIGNMENT"),
      .init(
        "cast without function", given: "CREATE TYPE mood AS ENUM ('a')",
        "CREATE CAST (varchar AS mood) WITH INOUT AS IMPLICIT"),
      .init(
        "drop a cast", given: cast + "CREATE CAST (integer AS pair) WITH FUNCTION to_pair(integer)",
        "DROP CAST (int4 AS pair)"),
      .init(
        "drop a cast's type", given: cast + "CREATE CAST (integer AS pair) WITH FUNCTION to_pair(integer)",
        "DROP TYPE pair CASCADE"),
      .init("collation", "CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de-u-co-phonebk')"),
      .init("collation from another", #"CREATE COLLATION IF NOT EXISTS mine FROM "C""#),
      .init(
        "rename a collation", given: #"CREATE COLLATION mine FROM "C"; CREATE TABLE t (a text COLLATE mine)"#,
        "ALTER COLLATION mine RENAME TO ours"),
      .init(
        "drop a collation",
        given:
          #"CREATE COLLATION mine FROM "C"; CREATE TABLE t (a text COLLATE mine, b text); CREATE INDEX i ON t (b COLLATE mine)"#,
        "DROP COLLATION mine CASCADE"),
      .init("conversion", "CREATE CONVERSION conv FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8"),
      .init(
        "drop a conversion", given: "CREATE CONVERSION conv FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
        "DROP CONVERSION conv"),
      .init("text search configuration", "CREATE TEXT SEARCH CONFIGURATION mine (COPY = english)"),
      .init(
        "text search dictionary",
        "CREATE TEXT SEARCH DICTIONARY mine (TEMPLATE = simple, STOPWORDS = english)"),
      .init(
        "mapping",
        given:
          "CREATE TEXT SEARCH CONFIGURATION mine (COPY = english); CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple)",
        "ALTER TEXT SEARCH CONFIGURATION mine ALTER MAPPING FOR word WITH d"),
      .init(
        "alter a dictionary", given: "CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple)",
        "ALTER TEXT SEARCH DICTIONARY d (ACCEPT = false)"),
      .init(
        "rename a configuration", given: "CREATE TEXT SEARCH CONFIGURATION mine (COPY = english)",
        "ALTER TEXT SEARCH CONFIGURATION mine RENAME TO ours"),
      .init(
        "drop a configuration", given: "CREATE TEXT SEARCH CONFIGURATION mine (COPY = english)",
        "DROP TEXT SEARCH CONFIGURATION mine"),
      .init(
        "drop a dictionary",
        given:
          "CREATE TEXT SEARCH CONFIGURATION mine (PARSER = \"default\"); CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple); ALTER TEXT SEARCH CONFIGURATION mine ADD MAPPING FOR word WITH d",
        "DROP TEXT SEARCH DICTIONARY d CASCADE"),
      .init("access method", "CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler"),
      .init("language", "CREATE LANGUAGE mine HANDLER plpgsql_call_handler"),
      .init(
        "foreign data",
        "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'x'); CREATE FOREIGN TABLE f (a integer NOT NULL, b text) SERVER s OPTIONS (name 'x'); CREATE USER MAPPING FOR CURRENT_USER SERVER s"
      ),
      .init(
        "alter foreign data",
        given:
          "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE f (a integer) SERVER s",
        "ALTER FOREIGN TABLE f ADD COLUMN b text, ALTER a SET NOT NULL, OPTIONS (ADD name 'y'); ALTER FOREIGN DATA WRAPPER w OPTIONS (ADD x '1'); ALTER SERVER s VERSION '5'"
      ),
      .init(
        "rename foreign data",
        given:
          "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE f (a integer) SERVER s; CREATE USER MAPPING FOR PUBLIC SERVER s",
        "ALTER FOREIGN TABLE f RENAME TO g; ALTER SERVER s RENAME TO s2; ALTER FOREIGN DATA WRAPPER w RENAME TO w2"
      ),
      .init(
        "drop foreign data",
        given:
          "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE f (a integer) SERVER s; CREATE USER MAPPING FOR PUBLIC SERVER s",
        "DROP FOREIGN DATA WRAPPER w CASCADE"),
      .init(
        "drop a user mapping",
        given:
          "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE USER MAPPING FOR PUBLIC SERVER s",
        "DROP USER MAPPING IF EXISTS FOR PUBLIC SERVER s"),
      .init(
        "a role's setting", given: "CREATE ROLE prediction_role",
        "ALTER ROLE prediction_role SET search_path = app", changesNothing: true),
      .init("large object", "SELECT lo_create(0)", changesNothing: true),
    ])
  }

  @Test("publications")
  func publications() async throws {
    let t =
      "CREATE TABLE t (a integer PRIMARY KEY, b text); CREATE TABLE u (a integer); CREATE SCHEMA app; CREATE TABLE app.x (a integer);"
    let p = t + "CREATE PUBLICATION p FOR TABLE t;"
    try await StatementTrial.run([
      .init("empty", "CREATE PUBLICATION p"),
      .init("tables", given: t, "CREATE PUBLICATION p FOR TABLE t, u WITH (publish = 'insert, update')"),
      .init("columns and rows", given: t, "CREATE PUBLICATION p FOR TABLE t (a) WHERE (a > 1), u"),
      .init("schemas", given: t, "CREATE PUBLICATION p FOR TABLES IN SCHEMA app, TABLE u"),
      .init("current schema", given: t, "CREATE PUBLICATION p FOR TABLES IN SCHEMA CURRENT_SCHEMA"),
      .init("all tables", given: t, "CREATE PUBLICATION p FOR ALL TABLES"),
      .init("add", given: p, "ALTER PUBLICATION p ADD TABLE u, app.x"),
      .init("drop a member", given: p, "ALTER PUBLICATION p DROP TABLE t"),
      .init("set", given: p, "ALTER PUBLICATION p SET TABLE u"),
      .init("set, the same", given: p, "ALTER PUBLICATION p SET TABLE t", changesNothing: true),
      .init(
        "parameters", given: p, "ALTER PUBLICATION p SET (publish = 'delete', publish_via_partition_root)"),
      .init("rename", given: p + "COMMENT ON PUBLICATION p IS 'x'", "ALTER PUBLICATION p RENAME TO q"),
      .init("drop", given: p, "DROP PUBLICATION p"),
      .init("drop a published table", given: p, "DROP TABLE t"),
      .init(
        "drop a published schema", given: t + "CREATE PUBLICATION p FOR TABLES IN SCHEMA app",
        "DROP SCHEMA app CASCADE"),
      .init("move a published table", given: p, "ALTER TABLE t SET SCHEMA app"),
    ])
  }
}

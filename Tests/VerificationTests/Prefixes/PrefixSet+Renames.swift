extension PrefixSet {
  /// Renames, moves to other schemas, swaps.
  static let renames: [PrefixSet] = [
    PrefixSet(
      "a table renamed, with what hangs on it, and a new one under the old name",
      "CREATE TABLE users (id serial PRIMARY KEY, name text UNIQUE); CREATE INDEX users_low ON users (lower(name))",
      "ALTER TABLE users RENAME TO people", "ALTER TABLE people RENAME COLUMN name TO full_name",
      "CREATE TABLE users (id int, people_id int REFERENCES people (id))",
      "ALTER INDEX users_low RENAME TO people_low; ALTER TABLE people RENAME CONSTRAINT users_name_key TO people_name_key"
    ),
    PrefixSet(
      "two tables that change names",
      "CREATE TABLE live (id int, a text); CREATE TABLE next (id int, b text)",
      "ALTER TABLE live RENAME TO old; ALTER TABLE next RENAME TO live", "DROP TABLE old"),
    PrefixSet(
      "a copy that takes the place of the table",
      "CREATE TABLE t (id int, v text)",
      """
      CREATE TABLE t_new (id bigint NOT NULL, v text, at timestamptz DEFAULT now());
      INSERT INTO t_new (id, v) SELECT id, v FROM t; DROP TABLE t; ALTER TABLE t_new RENAME TO t
      """,
      "CREATE INDEX t_at ON t (at)"),
    PrefixSet(
      "objects moved to another schema, and the schema renamed",
      "CREATE SCHEMA app; CREATE TABLE public.doc (id int PRIMARY KEY); CREATE TYPE public.state AS ENUM ('new', 'done')",
      "ALTER TABLE public.doc SET SCHEMA app; ALTER TYPE public.state SET SCHEMA app",
      "CREATE FUNCTION app.f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "ALTER SCHEMA app RENAME TO core",
      "CREATE INDEX doc_id ON core.doc (id DESC)"),
    PrefixSet(
      "a search path that sends names elsewhere",
      "CREATE SCHEMA shop; SET search_path = shop; CREATE TABLE cart (id int); CREATE VIEW v AS SELECT id FROM cart; RESET search_path",
      "SET search_path TO shop, public; ALTER TABLE cart ADD COLUMN owner int; RESET search_path",
      "CREATE TABLE public.cart (id int)"),
    PrefixSet(
      "functions, views, enum labels and sequences under new names",
      """
      CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a'; CREATE VIEW v AS SELECT 1 AS one;
      CREATE TYPE e AS ENUM ('x', 'y'); CREATE SEQUENCE s
      """,
      "ALTER FUNCTION f(int) RENAME TO g", "ALTER VIEW v RENAME TO w", "ALTER TYPE e RENAME VALUE 'x' TO 'z'",
      "ALTER SEQUENCE s RENAME TO s2", "ALTER TYPE e RENAME TO kind"),
  ]
}

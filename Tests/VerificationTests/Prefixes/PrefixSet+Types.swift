extension PrefixSet {
  /// Types, columns, defaults.
  static let types: [PrefixSet] = [
    PrefixSet(
      "checks with one name, in spellings that the server does not keep",
      """
      CREATE TABLE t (a int, b text, c numeric, d date, e interval, f timestamptz, g jsonb, h boolean);
      ALTER TABLE t ADD CONSTRAINT k CHECK (a BETWEEN 1 AND 5)
      """,
      "ALTER TABLE t DROP CONSTRAINT k, ADD CONSTRAINT k CHECK (a BETWEEN 1 AND 10)",
      "ALTER TABLE t DROP CONSTRAINT k, ADD CONSTRAINT k CHECK (a NOT BETWEEN 1 AND 10 OR h)",
      "ALTER TABLE t DROP CONSTRAINT k, ADD CONSTRAINT k CHECK (b NOT IN ('x', 'y'))",
      "ALTER TABLE t DROP CONSTRAINT k, ADD CONSTRAINT k CHECK (c >= 0.5)",
      "ALTER TABLE t DROP CONSTRAINT k, ADD CONSTRAINT k CHECK (c >= 1.5)",
      "ALTER TABLE t DROP CONSTRAINT k, ADD CONSTRAINT k CHECK (e > interval '48 hours')",
      "ALTER TABLE t DROP CONSTRAINT k, ADD CONSTRAINT k CHECK (extract(year from d) > 2000)",
      "ALTER TABLE t DROP CONSTRAINT k, ADD CONSTRAINT k CHECK ((f AT TIME ZONE 'UTC')::date > '2020-01-01')",
      "ALTER TABLE t DROP CONSTRAINT k, ADD CONSTRAINT k CHECK ((g->>'n')::int > 2)",
      "ALTER TABLE t DROP CONSTRAINT k, ADD CONSTRAINT k CHECK (b ~ E'^\\\\d+$')",
      "ALTER TABLE t DROP CONSTRAINT k, ADD CONSTRAINT k CHECK (CASE WHEN h THEN a > 1 END)",
      "ALTER TABLE t DROP CONSTRAINT k, ADD CONSTRAINT k CHECK (b IS NOT DISTINCT FROM 'x')"),
    PrefixSet(
      "a generated column made anew with another expression",
      "CREATE TABLE t (path text, kind text GENERATED ALWAYS AS (substring(path from '[.](.*)$')) STORED)",
      """
      ALTER TABLE t DROP COLUMN kind;
      ALTER TABLE t ADD COLUMN kind text GENERATED ALWAYS AS
        (CASE WHEN path <> '' THEN substring(path from '[.]([a-z]*)$') END) STORED
      """),
    PrefixSet(
      "a check beside a key on a column of another table that is gone",
      """
      CREATE TABLE team (id int, name text UNIQUE);
      CREATE TABLE t (team_name text REFERENCES team (name), body text CONSTRAINT k CHECK (body <> ''))
      """,
      "ALTER TABLE team DROP COLUMN name CASCADE",
      "ALTER TABLE t DROP CONSTRAINT k, ADD CONSTRAINT k CHECK (length(body) > 3)"),
    PrefixSet(
      "the other columns of a table of which one had a type that is gone",
      """
      CREATE TYPE plan AS ENUM ('free', 'pro'); CREATE TABLE org (id int PRIMARY KEY);
      CREATE TABLE t (id int, plan plan DEFAULT 'free', org_id int REFERENCES org (id), at timestamptz)
      """,
      "ALTER TABLE t ALTER plan DROP DEFAULT, ALTER plan TYPE text; DROP TYPE plan",
      "ALTER TABLE t ALTER at TYPE timestamp(3)", "ALTER TABLE t ALTER id SET NOT NULL",
      "DROP TABLE org CASCADE", "ALTER TABLE t ALTER org_id TYPE bigint",
      "ALTER TABLE t ALTER at SET DEFAULT now()"),
    PrefixSet(
      "names of attributes and of the checks of domains", "CREATE TYPE pair AS (a int, \"to\" text)",
      "ALTER TYPE pair RENAME ATTRIBUTE a TO b", "ALTER TYPE pair RENAME ATTRIBUTE \"to\" TO \"a TO b\"",
      "ALTER TYPE pair RENAME ATTRIBUTE b TO a", "ALTER TYPE pair ALTER ATTRIBUTE a TYPE bigint",
      "ALTER TYPE pair DROP ATTRIBUTE \"a TO b\"", "ALTER TYPE pair RENAME TO couple",
      "ALTER TYPE couple RENAME ATTRIBUTE a TO c",
      "CREATE DOMAIN even AS int CHECK (value % 2 = 0) CONSTRAINT small CHECK (value < 9)",
      "ALTER DOMAIN even RENAME CONSTRAINT even_check TO \"is even\"",
      "ALTER DOMAIN even RENAME CONSTRAINT small TO even_check",
      "ALTER DOMAIN even DROP CONSTRAINT \"is even\"",
      "ALTER DOMAIN even RENAME CONSTRAINT even_check TO \"is even\""),
    PrefixSet(
      "labels added to an enum", "CREATE TYPE mood AS ENUM ('sad')", "ALTER TYPE mood ADD VALUE 'ok'",
      "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'great' AFTER 'ok'", "CREATE TABLE t (m mood DEFAULT 'sad')"),
    PrefixSet(
      "an enum replaced by one with fewer labels",
      "CREATE TYPE state AS ENUM ('a', 'b', 'c'); CREATE TABLE t (s state DEFAULT 'a')",
      """
      ALTER TYPE state RENAME TO state_old; CREATE TYPE state AS ENUM ('a', 'b');
      ALTER TABLE t ALTER COLUMN s DROP DEFAULT, ALTER COLUMN s TYPE state USING s::text::state,
        ALTER COLUMN s SET DEFAULT 'b';
      DROP TYPE state_old
      """,
      "ALTER TYPE state ADD VALUE 'd'"),
    PrefixSet(
      "a column's type, default and nullability in steps",
      "CREATE TABLE t (a int, b varchar(10), c text)", "ALTER TABLE t ALTER COLUMN a TYPE bigint",
      "ALTER TABLE t ALTER COLUMN b TYPE varchar(50)", "ALTER TABLE t ALTER COLUMN c SET DEFAULT 'x'",
      "ALTER TABLE t ALTER COLUMN c SET NOT NULL", "ALTER TABLE t ALTER COLUMN c SET DEFAULT 'y'",
      "ALTER TABLE t ALTER COLUMN c DROP NOT NULL, ALTER COLUMN c DROP DEFAULT"),
    PrefixSet(
      "a column that goes and comes back as another",
      "CREATE TABLE t (id int, owner text)", "ALTER TABLE t DROP COLUMN owner",
      "ALTER TABLE t ADD COLUMN owner uuid",
      "ALTER TABLE t ADD COLUMN total int GENERATED ALWAYS AS (id * 2) STORED"),
    PrefixSet(
      "domains and their checks", "CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%')",
      "CREATE TABLE t (e email)",
      "ALTER DOMAIN email ADD CONSTRAINT short CHECK (length(VALUE) < 100)",
      "ALTER DOMAIN email DROP CONSTRAINT short"),
    PrefixSet(
      "serial made identity",
      "CREATE TABLE t (id serial PRIMARY KEY)",
      """
      ALTER TABLE t ALTER COLUMN id DROP DEFAULT; DROP SEQUENCE t_id_seq;
      ALTER TABLE t ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY
      """,
      "ALTER TABLE t ALTER COLUMN id SET DATA TYPE bigint"),
  ]
}

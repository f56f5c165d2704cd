import Catalog
import Migrations
import Postgres
import Schema
import TestServer
import Testing
import Verification

@Suite("Spellings that mean the same")
struct SpellingTests {
  private static let tables = """
    CREATE SCHEMA app;
    CREATE TYPE mood AS ENUM ('sad', 'fine');
    CREATE TABLE team (id uuid PRIMARY KEY, name text, owner uuid);
    CREATE TABLE note (
      id int PRIMARY KEY, team_id uuid, owner uuid, title varchar(50), body text, stars int, mood mood,
      created timestamp with time zone, tags text[], facts jsonb, price numeric(10, 2), done bool
    );
    CREATE FUNCTION me() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT current_setting('app.user', true)::uuid $$;
    CREATE FUNCTION app.is_member(team uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN true; END $$;
    CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
    """

  /// Conditions of checks, over the columns of `note`.
  private static let conditions = [
    "stars in (1,2,3)", "title in ('a', 'b')", "stars not in (1, 2)", "stars != 3", "stars between 1 and 5",
    "stars not between 1 and 5", "((stars)) > (0)", "title = 'x'", "title = 'x'::text", "title like 'a%'",
    "title not ilike 'a%'", "title similar to '[a-z]+'", "title ~ '^[a-z]+$'", "stars is not null",
    "done is not false", "not done", "done = true", "coalesce(title, '') <> ''", "char_length(title) <= 20",
    "length(trim(both from title)) > 0", "mood = 'sad'", "mood in ('sad', 'fine')",
    "created > '2020-01-01'", "created >= timestamp '2020-01-01'", "extract(year from created) > 2000",
    "price > 0.5", "price >= -1", "price * 2 < 1e6", "tags <> '{}'", "'a' = any (tags)", "tags @> array['a']",
    "array_length(tags, 1) < 5", "facts ? 'a'", "facts->>'a' = 'b'", "(facts->'a'->>'b')::int > 3",
    "jsonb_typeof(facts) = 'object'", "case when stars > 3 then title is not null else true end",
    "(stars > 1 and done) or (stars < 0 and (not done))", "nullif(title, '') is not null",
    "position('a' in title) > 0", "substring(title from 1 for 2) = 'ab'", "title collate \"C\" > 'a'",
    "stars::bigint < 10", "cast(stars as text) = '1'", "lower(title) = title", "stars + 1 * 2 > 3",
    "stars is distinct from 3", "(stars, title) > (1, 'a')", "num_nonnulls(title, body) = 1",
    "greatest(stars, 1) = stars", "body is null or title is not null",
    "(created at time zone 'UTC')::date > '2020-01-01'",
    "(created - interval '1 day') at time zone 'UTC' < '2030-01-01'",
    "(done and stars > 1)::int = 1", "(done or stars > 1) is not null", "(not done)::text = title",
    "(stars in (1, 2)) is true", "(array['a', 'b'])[1] = title", "(title in ('a')) = (stars between 1 and 2)",
  ]

  /// Conditions of policies on `note`, which may hold queries.
  private static let policies = [
    "true", "(done and stars > 1) is true", "(owner is null or owner = me()) is not false",
    "(not done)::int = 1",
    "owner = me()", "(SELECT me()) = owner", "owner = (select me())", "me() = note.owner",
    "public.note.owner = public.me()", "app.is_member(team_id)",
    "exists (select 1 from team where team.id = team_id and team.owner = me())",
    "exists (select * from team t where t.id = note.team_id)",
    "team_id in (select id from team where owner = me())",
    "team_id in (select t.id from public.team t join team u on u.owner = t.owner where u.name = 'x')",
    "exists (select 1 from note n where n.id = note.id) and exists (select 1 from note n where n.stars = note.stars)",
    "exists (select 1 from note where title = 'x') or exists (select 1 from note where title = 'y')",
    "owner = any (array(select owner from team))", "current_user = 'x'", "owner is null or owner = me()",
    "created > now() - interval '1 day'", "created < current_timestamp", "current_date = created::date",
    "exists (with mine as (select id from team where owner = me()) select 1 from mine where mine.id = team_id)",
    "(select count(*) from team) > 3",
    "exists (select 1 from team where team.name = note.title and team.id = note.team_id)",
    "exists (select * from team where team.name = title) or stars > 3", "title in (select name from team)",
    "team_id not in (select id from team)", "stars > all (select 1) or not (stars = any (select 2))",
    "(team_id, owner) in (select id, owner from team)", "tags in (select array_agg(name) from team)",
    // Settings that the session does not have, which the planner asks at once.
    "exists (select 1 from team where team.owner = current_setting('drift.user')::uuid)",
    "exists (select 1 from team where name = any (regexp_split_to_array(current_setting('drift.names'), ',')))",
  ]

  /// Defaults, with the type of the column.
  private static let defaults = [
    ("int", "0"), ("int", "'7'"), ("bigint", "1"), ("text", "'a'"), ("varchar(10)", "'a'"),
    ("text", "'a'::text"),
    ("timestamptz", "now()"), ("timestamptz", "CURRENT_TIMESTAMP"), ("date", "CURRENT_DATE"),
    ("date", "now()"),
    ("timestamp", "timezone('utc', now())"), ("timestamp", "(now() at time zone 'utc')"), ("jsonb", "'{}'"),
    ("jsonb", "'{}'::jsonb"), ("jsonb", "jsonb_build_object()"), ("text[]", "'{}'"),
    ("text[]", "array[]::text[]"),
    ("text[]", "ARRAY['a', 'b']"), ("boolean", "false"), ("bool", "'f'"), ("numeric(10,2)", "0"),
    ("numeric", "0.0"),
    ("float8", "0"), ("real", "1.5"), ("uuid", "gen_random_uuid()"), ("interval", "'1 day'"),
    ("interval", "interval '1 hour'"), ("mood", "'fine'"), ("mood", "'fine'::mood"), ("int", "-1"),
    ("int", "(1 + 2)"),
    ("text", "NULL"), ("text", "lower('A') || 'b'"), ("char(3)", "'abc'"), ("bytea", "'\\x00'"),
    ("inet", "'127.0.0.1'"),
    ("smallint", "1"), ("time", "'12:00'"), ("text", "'it''s'"), ("text", "E'a\\nb'"), ("text", "me()::text"),
  ]

  /// Whole statements.
  private static let statements = [
    "CREATE INDEX i1 ON note (title, stars DESC NULLS LAST, created DESC)",
    "CREATE INDEX i2 ON note USING btree (lower(title)) WHERE (title IS NOT NULL AND stars IN (1, 2))",
    "CREATE INDEX i3 ON note ((facts->>'a'), (stars + 1))",
    "CREATE INDEX i4 ON note USING gin (facts jsonb_path_ops); CREATE INDEX i5 ON note USING gin (facts jsonb_ops)",
    "CREATE UNIQUE INDEX i6 ON note (title varchar_pattern_ops, (body)) INCLUDE (stars) WITH (fillfactor = 70)",
    "CREATE INDEX i8 ON note (((created at time zone 'UTC')::date), (created at time zone 'UTC'), (title collate \"C\"))",
    "CREATE INDEX i9 ON note (((facts->>'a')::int), ((done and stars > 1)), ((tags)[1]), ((array[title])[1]))",
    "CREATE INDEX i7 ON note (coalesce(title, ''), date_trunc('day', created at time zone 'UTC'))",
    "CREATE TRIGGER t1 AFTER INSERT OR UPDATE OF title, body OR DELETE ON note FOR EACH ROW EXECUTE PROCEDURE act()",
    "CREATE TRIGGER t2 BEFORE UPDATE ON note FOR EACH ROW WHEN (old.* IS DISTINCT FROM new.*) EXECUTE FUNCTION act('a', 'it''s')",
    "CREATE TRIGGER t3 BEFORE INSERT ON note FOR EACH ROW WHEN (new.stars > 3 AND NEW.title != 'x') EXECUTE FUNCTION public.act()",
    "CREATE CONSTRAINT TRIGGER t4 AFTER INSERT ON note DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION act()",
    "CREATE VIEW v1 AS SELECT n.*, t.name FROM note n LEFT JOIN team t ON t.id = n.team_id WHERE n.stars > 1",
    "CREATE VIEW v2 (a, b) AS SELECT title, count(*) FILTER (WHERE stars > 1) FROM note GROUP BY title ORDER BY 2 DESC",
    "CREATE VIEW v3 WITH (security_invoker = on) AS SELECT DISTINCT ON (owner) * FROM note ORDER BY owner, created DESC",
    "CREATE VIEW v4 AS WITH x AS (SELECT owner, sum(stars) s FROM note GROUP BY 1) SELECT x.owner, s, rank() OVER (ORDER BY s) FROM x",
    "CREATE VIEW v5 AS SELECT id FROM note UNION ALL SELECT stars FROM note WHERE mood = 'sad'",
    "CREATE VIEW v8 AS SELECT id, 'a' AS kind FROM note UNION ALL SELECT sum(stars), CASE WHEN done THEN 'b' ELSE 'c' END FROM note GROUP BY done",
    "CREATE VIEW v9 AS SELECT extract('YEAR' from created) AS year FROM note WHERE extract(MONTH from created) > 3",
    "CREATE VIEW v10 AS SELECT q.name FROM note JOIN (SELECT id, name FROM team UNION SELECT owner, title FROM note) q ON q.id = team_id",
    "CREATE VIEW v6 AS SELECT * FROM (SELECT owner AS who FROM note) q, LATERAL (SELECT name FROM team WHERE owner = q.who LIMIT 1) r",
    "CREATE MATERIALIZED VIEW v7 AS SELECT stars, string_agg(title, ',' ORDER BY title) titles FROM note GROUP BY stars",
    "CREATE FUNCTION f1(a int, b text = 'x', OUT c int, OUT d text) LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'SELECT 1, ''a'''",
    "CREATE FUNCTION f2(VARIADIC a text[]) RETURNS SETOF note LANGUAGE sql STABLE ROWS 1000 SET search_path TO '' AS $$ SELECT * FROM public.note $$",
    "CREATE FUNCTION f3(\"user\" uuid, \"order\" integer DEFAULT 1) RETURNS TABLE (a int, b timestamptz) LANGUAGE plpgsql SET search_path = \"$user\", public, pg_temp SET work_mem = '4MB' AS $$ BEGIN END $$",
    "CREATE PROCEDURE f4(INOUT a numeric(10,2), b character varying) LANGUAGE plpgsql AS $$ BEGIN END $$",
    "CREATE DOMAIN word AS varchar(20) NOT NULL DEFAULT 'x' CHECK (VALUE ~ '^[a-z]+$' AND value <> 'y')",
    "CREATE TYPE c1 AS (a int, b varchar(3), c timestamptz, d mood, e text[])",
    "ALTER TABLE note ADD CONSTRAINT k1 FOREIGN KEY (team_id) REFERENCES team ON DELETE SET NULL",
    "ALTER TABLE note ADD CONSTRAINT k2 EXCLUDE USING gist (int4range(stars, stars + 1) WITH &&) WHERE (stars > 1)",
    "ALTER TABLE note ADD CONSTRAINT k3 UNIQUE (title, body) DEFERRABLE INITIALLY DEFERRED",
    "CREATE PUBLICATION p1 FOR TABLE note WHERE (stars > 3)",
    "CREATE SEQUENCE s1 AS integer START WITH 100 INCREMENT BY 10 MAXVALUE 1000 CYCLE CACHE 5",
    "CREATE TABLE parts (id int, at date NOT NULL) PARTITION BY RANGE (at); CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2020-01-01') TO ('2021-01-01'); CREATE INDEX ON parts (at)",
    "SET search_path = app, public; CREATE TABLE inner_note (id int, owner uuid CHECK (is_member(owner)) DEFAULT me()); CREATE POLICY q ON inner_note USING (is_member(owner))",
    "CREATE FUNCTION old_name() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; CREATE TRIGGER t5 AFTER DELETE ON note EXECUTE FUNCTION old_name(); ALTER FUNCTION old_name RENAME TO new_name",
    "CREATE FUNCTION f9() RETURNS int LANGUAGE sql AS 'SELECT 1'; ALTER FUNCTION f9() SET statement_timeout TO '5s'; ALTER FUNCTION f9() SET search_path TO \"$user\", public",
    "CREATE TABLE empty (a varchar(15) DEFAULT NULL, b numeric(9, 2), c char(3) DEFAULT NULL::char(3)); ALTER TABLE empty ALTER b SET DEFAULT NULL, ADD d bit(3) DEFAULT NULL, ADD e varchar(9)[] DEFAULT NULL",
    "CREATE TABLE sorted (a text COLLATE \"C\", b text); CREATE INDEX sorted_a ON sorted (a COLLATE \"C\", b COLLATE \"default\", (a) COLLATE \"POSIX\")",
    "CREATE TABLE folded (a text COLLATE \"C\", b text); CREATE INDEX folded_a ON folded ((lower(a)) COLLATE \"C\", (lower(b)) COLLATE \"default\", (a || b) COLLATE \"C\", (lower(b)) COLLATE \"POSIX\")",
    "CREATE TABLE listed (a text, b int) PARTITION BY LIST (a COLLATE \"default\"); CREATE DOMAIN brief AS varchar(9) DEFAULT NULL",
    "CREATE VIEW checked AS SELECT * FROM note WHERE stars > 0 WITH CASCADED CHECK OPTION; CREATE VIEW checked2 AS SELECT * FROM note WHERE stars > 0 WITH LOCAL CHECK OPTION",
    "CREATE VIEW checked3 WITH (check_option = local) AS SELECT * FROM note; CREATE VIEW owned WITH (security_invoker = off, security_barrier = on) AS SELECT 1 AS x",
    "CREATE TABLE collated (b text COLLATE \"default\", a text COLLATE \"C\"); ALTER TABLE collated ALTER a TYPE text",
    "GRANT SELECT ON ALL TABLES IN SCHEMA public TO pg_monitor",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO pg_monitor",
    "CREATE TABLE stored (id int) WITH (FILLFACTOR = 70, autovacuum_enabled, toast.autovacuum_enabled = false); ALTER TABLE stored SET (autovacuum_vacuum_scale_factor = 0.20)",
    "CREATE DOMAIN even AS int CHECK (value % 2 = 0) CHECK (value > 0); ALTER DOMAIN even RENAME CONSTRAINT even_check1 TO positive; ALTER DOMAIN even ADD CHECK (value < 9)",
    "CREATE TABLE loose (LIKE parts); ALTER TABLE parts ATTACH PARTITION loose DEFAULT; ALTER TABLE parts DETACH PARTITION loose",
    "CREATE RULE notes_out AS ON INSERT TO team WHERE new.name is not null DO (UPDATE note n SET stars = stars + '1', title = upper(title) WHERE n.team_id = NEW.id; DELETE FROM note WHERE stars in (7, 8))",
    "CREATE RULE bare AS ON INSERT TO note WHERE stars = 1 AND title <> 'x' DO INSTEAD NOTHING",
    "CREATE RULE bare_gone AS ON DELETE TO note WHERE stars = 2 DO ALSO NOTHING",
    "CREATE UNIQUE INDEX note_title ON note (title); ALTER TABLE note ADD CONSTRAINT k4 UNIQUE USING INDEX note_title",
    "CREATE TABLE \"order\" (\"user\" int PRIMARY KEY, \"limit\" int, \"time\" int UNIQUE, CONSTRAINT pair UNIQUE (\"user\", \"limit\"))",
    "CREATE TABLE line (\"user\" int REFERENCES \"order\" (\"user\"), \"check\" int); CREATE INDEX ON line (\"user\", \"check\" DESC) INCLUDE (\"check\")",
    "CREATE TABLE counted (id bigserial PRIMARY KEY, kind text DEFAULT 'id_card'); ALTER TABLE counted RENAME COLUMN id TO number",
    "CREATE TRIGGER t6 BEFORE UPDATE OF \"user\" ON line FOR EACH ROW EXECUTE FUNCTION act()",
    "CREATE FUNCTION stars_of(uuid, lowest int = 0) RETURNS bigint LANGUAGE sql STABLE BEGIN ATOMIC SELECT sum(stars) FROM note WHERE stars > lowest; END",
    "ALTER TABLE stored SET (toast.vacuum_truncate = off); ALTER TABLE stored RESET (toast.autovacuum_enabled)",
    "CREATE TEXT SEARCH DICTIONARY d1 (TEMPLATE = simple); CREATE TEXT SEARCH CONFIGURATION c2 (PARSER = default); ALTER TEXT SEARCH CONFIGURATION c2 ADD MAPPING FOR word, numword WITH simple, d1",
    "ALTER TEXT SEARCH CONFIGURATION c2 ALTER MAPPING FOR word REPLACE d1 WITH english_stem",
    "ALTER TEXT SEARCH CONFIGURATION c2 ALTER MAPPING REPLACE simple WITH d1",
    "CREATE FOREIGN DATA WRAPPER w1; CREATE SERVER s1 FOREIGN DATA WRAPPER w1; CREATE FOREIGN TABLE f5 (a int OPTIONS (x 'y'), b int) SERVER s1",
    "ALTER FOREIGN TABLE f5 ALTER COLUMN a OPTIONS (SET x 'z', ADD key 'true'); ALTER FOREIGN TABLE f5 ALTER COLUMN b OPTIONS (ADD x 'Y')",
    "CREATE UNLOGGED SEQUENCE s2; ALTER SEQUENCE s2 SET LOGGED; CREATE SEQUENCE s3; ALTER SEQUENCE s3 SET UNLOGGED",
    "ALTER TABLE note RENAME COLUMN body TO content; ALTER TABLE team RENAME TO crew",
  ]

  @Test("leave no drift behind, whatever their kind")
  func spellings() async throws {
    var checks = ""
    for (number, condition) in Self.conditions.enumerated() {
      checks += "ALTER TABLE note ADD CONSTRAINT c\(number) CHECK (\(condition));\n"
    }
    for (number, condition) in Self.policies.enumerated() {
      checks += "CREATE POLICY p\(number) ON note FOR SELECT USING (\(condition));\n"
    }
    for (number, (type, value)) in Self.defaults.enumerated() {
      checks += "CREATE TABLE d\(number) (value \(type) DEFAULT \(value));\n"
    }
    let files =
      [("001", Self.tables), ("002", checks)]
      + Self.statements.enumerated().map { ("\(100 + $0.offset)", $0.element + ";\nRESET search_path;") }
    try await DriftTrial.with(files) { trial in
      let report = try await trial.report()
      #expect(report.drifts.isEmpty, "\(report.drifts.map(\.longLine).joined(separator: "\n"))")
      #expect(report.compared > 200)
    }
  }

  @Test("a column's new name is not given to the columns of other tables")
  func renamedElsewhere() async throws {
    let first = """
      CREATE TABLE event (event_id int, kind text, CONSTRAINT event_key PRIMARY KEY (event_id));
      CREATE TABLE fact (
        event_id int REFERENCES event (event_id), kind text, CONSTRAINT fact_key UNIQUE (event_id, kind)
      );
      CREATE INDEX event_kind ON event (kind, event_id); CREATE INDEX fact_kind ON fact (kind) INCLUDE (event_id);
      """
    let second = """
      ALTER TABLE fact RENAME COLUMN event_id TO fact_id; ALTER TABLE fact RENAME TO datum;
      ALTER TABLE datum RENAME COLUMN kind TO sort; ALTER TABLE event RENAME COLUMN kind TO genus;
      """
    try await DriftTrial.with([("001", first), ("002", second)]) { trial in
      let drifts = try await trial.report().drifts
      #expect(drifts.isEmpty, "\(drifts.map(\.longLine).joined(separator: "\n"))")
      _ = try await trial.lease.execute("DROP INDEX event_kind")
      let restoration = try await trial.report().drifts.first?.restoration
      #expect(restoration == "CREATE INDEX event_kind ON public.event USING btree (\"genus\", event_id);")
    }
  }

  @Test("columns whose table was made with a type that has another name now are compared")
  func renamedType() async throws {
    let files = [
      (
        "001", "CREATE TYPE mood AS ENUM ('fine'); CREATE TABLE t (a mood, b int DEFAULT 5, c text NOT NULL);"
      ),
      ("002", "ALTER TYPE mood RENAME TO temper; ALTER TABLE t RENAME TO note;"),
    ]
    try await DriftTrial.with(files) { trial in
      #expect(try await trial.report().drifts.isEmpty)
      _ = try await trial.lease.execute("ALTER TABLE note ALTER b DROP DEFAULT, ALTER c DROP NOT NULL")
      let found = try await trial.report().drifts.map { "\($0.object) \($0.part ?? "")" }
      #expect(found == ["column public.note.b default", "column public.note.c nullability"])
    }
  }

  @Test("policies that a loop over the catalog dropped are not missed")
  func policiesDroppedInLoops() async throws {
    let first = """
      CREATE TABLE lead (id int); CREATE TABLE task (id int);
      CREATE POLICY old ON lead USING (true); CREATE POLICY own ON lead USING (true);
      CREATE POLICY old ON task USING (true); CREATE POLICY kept ON task USING (true);
      """
    let second = """
      DO $$ DECLARE name text; BEGIN
        FOR name IN SELECT policyname FROM pg_policies WHERE tablename = 'lead' LOOP
          EXECUTE format('DROP POLICY IF EXISTS %I ON lead', name);
        END LOOP;
      END $$;
      CREATE POLICY own ON lead USING (id > 0);
      DO $$ DECLARE t text; p record; BEGIN
        FOREACH t IN ARRAY ARRAY['lead', 'task'] LOOP
          FOR p IN SELECT schemaname, policyname FROM pg_policies
            WHERE schemaname = 'public' AND tablename = t AND policyname = ANY (ARRAY['old', 'older'])
          LOOP EXECUTE format('DROP POLICY %I ON %I.%I', p.policyname, p.schemaname, t); END LOOP;
          EXECUTE format('CREATE POLICY "%I sees" ON %I FOR SELECT USING (true)', t, t);
        END LOOP;
      END $$;
      """
    try await DriftTrial.with([("001", first), ("002", second)]) { trial in
      let drifts = try await trial.report().drifts
      #expect(drifts.isEmpty, "\(drifts.map(\.longLine).joined(separator: "\n"))")
    }
  }
}

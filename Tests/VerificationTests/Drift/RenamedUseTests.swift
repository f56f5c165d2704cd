import Testing
import Verification

/// What uses a renamed object, and is compared all the same.
@Suite("Drift after a rename")
struct RenamedUseTests {
  private static let first = """
    CREATE SCHEMA app;
    CREATE TYPE mood AS ENUM ('sad', 'fine');
    CREATE DOMAIN word AS text CHECK (value <> '');
    CREATE SEQUENCE counter;
    CREATE FUNCTION me() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT current_setting('app.user', true)::uuid $$;
    CREATE FUNCTION app.may(kind text, owner uuid DEFAULT me()) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
    CREATE TABLE tag (id int PRIMARY KEY, tag word, kind text DEFAULT 'kind', name text);
    CREATE TABLE team (
      id uuid PRIMARY KEY, name text NOT NULL, owner uuid DEFAULT me(), mood mood DEFAULT 'fine'::mood,
      number int DEFAULT nextval('counter'), parent uuid REFERENCES team (id), "Full Name" text,
      size int, twice int GENERATED ALWAYS AS (size * 2) STORED,
      CONSTRAINT team_named CHECK (name <> '' AND team.size > 0 OR mood = 'sad'::mood)
    );
    CREATE TABLE app.note (
      id int PRIMARY KEY, team_id uuid REFERENCES team, owner uuid, kind text, name text, body text,
      CONSTRAINT note_body UNIQUE (body, kind), CONSTRAINT note_may CHECK (app.may(kind, owner))
    );
    ALTER TABLE app.note ENABLE ROW LEVEL SECURITY;
    CREATE INDEX note_kind ON app.note (lower(kind), name) WHERE kind <> 'name';
    CREATE INDEX team_full ON team ("Full Name" DESC) INCLUDE (size);
    CREATE POLICY own ON app.note USING (owner = me());
    CREATE POLICY named ON app.note USING (note.name = 'x' AND app.note.kind IS NOT NULL);
    CREATE POLICY member ON app.note USING (
      EXISTS (SELECT 1 FROM team WHERE team.id = note.team_id AND name <> note.name AND kind <> 'kind'));
    CREATE POLICY through ON app.note USING (
      team_id IN (SELECT t.id FROM public.team t JOIN team name ON name.id = t.parent WHERE t.name = kind))
      WITH CHECK ((SELECT name FROM team WHERE owner = me() LIMIT 1) = name);
    CREATE POLICY tagged ON app.note USING (
      EXISTS (WITH named AS (SELECT name, tag FROM tag) SELECT name FROM named WHERE named.tag = note.kind));
    CREATE POLICY tags ON app.note USING (EXISTS (SELECT tag.tag FROM tag WHERE tag.kind = note.kind AND tag = 'a'));
    CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
    CREATE TRIGGER noted BEFORE UPDATE OF kind, body ON app.note FOR EACH ROW
      WHEN (old.kind IS DISTINCT FROM new.kind) EXECUTE FUNCTION act();
    CREATE CONSTRAINT TRIGGER checked AFTER INSERT ON team FOR EACH ROW EXECUTE FUNCTION act();
    CREATE VIEW names AS SELECT t.name, t.owner, n.kind AS sort FROM team t LEFT JOIN app.note n USING (owner);
    CREATE VIEW sized AS SELECT size * 2 AS name, count(*) AS kind FROM team GROUP BY name, size ORDER BY name, kind;
    CREATE VIEW sorted AS SELECT kind FROM app.note UNION SELECT 'x' ORDER BY kind;
    CREATE VIEW everything AS SELECT * FROM team;
    CREATE VIEW counted AS SELECT kind, count(*) AS name FROM app.note GROUP BY kind ORDER BY kind, name;
    CREATE MATERIALIZED VIEW moods AS SELECT mood, array_agg(team.name ORDER BY name) FROM team GROUP BY mood;
    CREATE FUNCTION describe(m mood, w word DEFAULT 'x'::word) RETURNS mood LANGUAGE sql AS 'SELECT $1';
    CREATE FUNCTION app.newest(t team) RETURNS SETOF app.note LANGUAGE plpgsql AS $$ BEGIN RETURN; END $$;
    CREATE TYPE pair AS (a mood, b word[]);
    CREATE STATISTICS app.kinds ON kind, name FROM app.note;
    CREATE PUBLICATION changes FOR TABLE app.note (id, kind) WHERE (kind = 'name');
    """

  private static let second = """
    ALTER TABLE app.note RENAME COLUMN kind TO sort;
    ALTER TABLE team RENAME COLUMN name TO title;
    ALTER TABLE team RENAME COLUMN "Full Name" TO kind;
    ALTER TABLE tag RENAME TO label;
    ALTER TABLE label RENAME COLUMN name TO word;
    ALTER TABLE label RENAME COLUMN tag TO text;
    ALTER TYPE mood RENAME TO temper;
    ALTER DOMAIN word RENAME TO term;
    """

  private static let third = """
    ALTER TABLE team RENAME COLUMN size TO people;
    ALTER TABLE team RENAME TO crew;
    ALTER TABLE crew RENAME COLUMN title TO called;
    ALTER FUNCTION me() RENAME TO myself;
    ALTER FUNCTION app.may RENAME TO might;
    ALTER SEQUENCE counter RENAME TO number;
    ALTER SCHEMA app RENAME TO application;
    ALTER TABLE label SET SCHEMA application;
    ALTER FUNCTION act() SET SCHEMA application;
    """

  private static let changes = [
    HandChange("ALTER TABLE crew ALTER owner DROP DEFAULT", "changed column public.crew.owner: default"),
    HandChange("ALTER TABLE crew ALTER mood SET DEFAULT 'sad'", "changed column public.crew.mood: default"),
    HandChange("ALTER TABLE crew ALTER number SET DEFAULT 3", "changed column public.crew.number: default"),
    HandChange(
      "ALTER TABLE crew ALTER called DROP NOT NULL", "changed column public.crew.called: nullability"),
    HandChange(
      "ALTER TABLE crew DROP CONSTRAINT team_named, ADD CONSTRAINT team_named CHECK (called <> 'a')",
      "changed constraint team_named on public.crew: condition"),
    HandChange(
      "ALTER POLICY own ON application.note USING (owner <> myself())",
      "changed policy own on application.note: USING"),
    HandChange(
      "ALTER POLICY named ON application.note USING (name = 'y' AND sort IS NOT NULL)",
      "changed policy named on application.note: USING"),
    HandChange(
      """
      ALTER POLICY member ON application.note USING (
        EXISTS (SELECT 1 FROM crew WHERE crew.id = note.team_id AND called = note.name AND sort <> 'kind'))
      """,
      "changed policy member on application.note: USING"),
    HandChange(
      "ALTER POLICY tags ON application.note USING (true)", "changed policy tags on application.note: USING"),
    HandChange(
      "DROP INDEX application.note_kind; CREATE INDEX note_kind ON application.note (upper(sort), name) WHERE sort <> 'name'",
      "changed index application.note_kind: key 1"),
    HandChange(
      "DROP POLICY through ON application.note", "missing policy through on application.note"),
    HandChange(
      """
      CREATE OR REPLACE VIEW sized AS SELECT people * 2 AS name, count(*) AS kind FROM crew WHERE people > 0
        GROUP BY called, people ORDER BY name, kind
      """, "changed view public.sized: query"),
    HandChange("DROP VIEW names", "missing view public.names"),
    HandChange(
      "ALTER DOMAIN term DROP CONSTRAINT word_check", "changed domain public.term: check word_check"),
  ]

  @Test("finds nothing where nobody changed anything, and what somebody changed")
  func uses() async throws {
    let files = [("001", Self.first), ("002", Self.second), ("003", Self.third)]
    try await DriftTrial.with(files) { trial in
      let drifts = try await trial.report().drifts
      let allLines = drifts.map(\.longLine).joined(separator: "\n")
      try #require(drifts.isEmpty, "\(allLines)")
      for change in Self.changes {
        let lines = try await trial.lines(after: change.sql)
        #expect(lines == change.lines, "\(change.sql)")
      }
    }
  }
}

import Schema
import Testing

@testable import Script

@Suite("Scripts in few bytes")
struct PackedScriptTests {
  static let files = [
    "",
    "-- requires: 001\n/* two */ SELECT 1; -- behind\n",
    """
    CREATE TABLE t (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a text NOT NULL DEFAULT 'ä', b uuid REFERENCES u (id),
      c int CHECK (c > 0), UNIQUE (a, c));
    CREATE INDEX CONCURRENTLY i ON t (lower(a)) WHERE c > 1;
    ALTER TABLE t ENABLE ROW LEVEL SECURITY;
    CREATE POLICY "Own rows" ON t AS RESTRICTIVE FOR UPDATE TO app USING (a = current_user) WITH CHECK (true);
    CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
    COMMENT ON COLUMN t.a IS 'what''s in it';
    GRANT SELECT ON t TO app;
    """,
    """
    CREATE FUNCTION f(a int DEFAULT 1) RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = app AS $$
    BEGIN EXECUTE 'DROP TABLE ' || a; END $$;
    DO $$ BEGIN EXECUTE format('CREATE TABLE %I (a int)', current_user); END $$;
    CREATE SEQUENCE s OWNED BY t.id;
    SET search_path = app, public;
    ALTER TABLE IF EXISTS t RENAME TO v;
    ALTER TYPE e ADD VALUE 'x';
    BEGIN; SAVEPOINT p; ROLLBACK; VACUUM t;
    """,
    "\\set x 1\nCOPY t (a) FROM STDIN;\n1\n2\n\\.\nSELECT :x;\nSELEC 1;\n",
    "CREATE TABLE x (a int) PARTITION BY RANGE (a);\nCREATE TABLE y PARTITION OF x DEFAULT;\n",
  ]

  @Test("are the same when they are read again", arguments: files)
  func roundTrip(text: String) throws {
    let file = Array(text.utf8)
    let script = ScriptParser.parse(file)
    let packed = try #require(PackedScript(script, of: file))
    #expect(packed.bytes.withUnsafeBytes { PackedScript.script($0, of: file) } == script)
  }

  @Test("are nothing where a byte is missing or too many", arguments: files)
  func damaged(text: String) throws {
    let file = Array(text.utf8)
    let bytes = try #require(PackedScript(ScriptParser.parse(file), of: file)).bytes
    for count in bytes.indices {
      #expect(bytes[..<count].withUnsafeBytes { PackedScript.script($0, of: file) } == nil)
    }
    #expect((bytes + [0]).withUnsafeBytes { PackedScript.script($0, of: file) } == nil)
  }

  @Test("are nothing in a shorter file than their own")
  func otherFile() throws {
    let file = Array("SELECT 1;\nSELECT 22;".utf8)
    let bytes = try #require(PackedScript(ScriptParser.parse(file), of: file)).bytes
    #expect(bytes.withUnsafeBytes { PackedScript.script($0, of: Array(file.dropLast(4))) } == nil)
  }

  @Test("cannot be made of statements that do not stand in the file")
  func foreign() {
    let script = ScriptParser.parse("SELECT 1")
    #expect(PackedScript(script, of: Array("SELECT 2".utf8)) == nil)
  }
}

@Suite("What earlier files make, in few bytes")
struct PackedContextTests {
  private static let files =
    PackedScriptTests.files + [
      """
      CREATE EXTENSION citext SCHEMA app;
      CREATE TYPE e AS ENUM ('a'); CREATE TYPE pair AS (a int, b text); CREATE DOMAIN d AS text CHECK (VALUE <> '');
      CREATE TABLE w (LIKE t INCLUDING ALL); CREATE TABLE c () INHERITS (t);
      CREATE VIEW seen AS SELECT * FROM t;
      CREATE FUNCTION twice(a int, b int DEFAULT 2) RETURNS int LANGUAGE sql AS 'SELECT f(a) * 2';
      CREATE FUNCTION noted() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
      CREATE EVENT TRIGGER n ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION noted();
      DROP SCHEMA gone;
      """
    ]

  @Test("tells the next file the same as what it was made of")
  func roundTrip() throws {
    var context = ScriptContext(searchPath: ["app", "public"])
    for text in Self.files { _ = ScriptParser.parse(Array(text.utf8), in: &context) }
    var again = try #require(context.packed.withUnsafeBytes { ScriptContext(packed: $0) })
    let next = Array(
      """
      CREATE VIEW all_of_it AS SELECT * FROM app.v; ALTER TABLE app.v ADD CHECK (c < 9); SELECT app.twice(1);
      DROP TABLE app.v CASCADE; DROP FUNCTION app.noted() CASCADE; CREATE TABLE z (a citext, b e, c pair);
      """.utf8)
    let script = ScriptParser.parse(next, in: &context)
    #expect(script.statements.contains { $0.effects.count > 5 })
    #expect(ScriptParser.parse(next, in: &again) == script)
    #expect(again.packed.count == context.packed.count)
  }

  @Test("is nothing where bytes are missing")
  func damaged() {
    var context = ScriptContext()
    _ = ScriptParser.parse(Array(Self.files[2].utf8), in: &context)
    let bytes = context.packed
    for count in bytes.indices {
      #expect(bytes[..<count].withUnsafeBytes { ScriptContext(packed: $0) } == nil)
    }
  }
}

@Suite("What is packed")
struct PackedMemberTests {
  private static let table = ObjectIdentity.table("public", "t")
  private static let place = SourcePosition(line: 1, column: 1)

  /// A value of each type that is packed member by member, and how many members are packed.
  private static let packed: [(value: any Sendable, members: Int)] = [
    (table, 1), (place, 2), (RelationDetail(), 6), (RelationStorage(), 4),
    (ColumnDetail(position: 1, type: "text", isNullable: true), 10),
    (IndexDetail(table: table, isUnique: false, isPrimary: false, isValid: true), 11),
    (ConstraintDetail(kind: .check), 5), (FunctionDetail(language: "sql"), 5),
    (TriggerDetail(function: table), 2), (PolicyDetail(command: "ALL", roles: []), 5), (SequenceDetail(), 2),
    (Effect(.creates, table), 8), (PossibleEffect(Effect(.creates, table)), 2),
    (LockForecast(mode: .share, relation: table), 5),
    (ScriptProblem(kind: .encoding, message: "", position: place, line: ""), 4),
    (
      ScriptComment(text: "", byteRange: 0..<0, position: place, statement: 0, isInsideStatement: false), 5
    ),
    (Statement(index: 0, text: "", byteRange: 0..<0, position: place, tag: ""), 14), (ParsedScript(), 3),
    (SessionSetting(name: "", value: .initial), 2),
    (ScriptContext(), 2), (SearchPath(), 2),
    // What an object needs is told by what depends on it.
    (KnownSchema(), 10), (KnownSchema.Relation(kind: .table), 12),
    (KnownSchema.Replacement(changes: []), 2), (References.RelationUse(relation: table, lock: .share), 3),
    (
      KnownSchema.RowTrigger(name: "", definition: "", detail: TriggerDetail(function: table)), 3
    ),
    (KnownSchema.Column(name: "", type: ""), 10),
    (KnownSchema.Constraint(name: "", definition: "", detail: ConstraintDetail(kind: .check)), 4),
    (
      KnownSchema.Index(
        name: "", definition: "", nameColumns: [],
        detail: IndexDetail(table: table, isUnique: false, isPrimary: false, isValid: true)), 5
    ),
    (KnownSchema.Routine(identity: table, acceptedCounts: 0...0, isVolatile: true), 4),
    (KnownSchema.EventTrigger(event: "", tags: [], function: table), 3),
    (RoutineProgram(.sql(""), parameters: [], searchPath: nil), 5), (RoutineProgram.Parameter(), 2),
  ]

  @Test("is every member that there is: pack a new one, and count it here")
  func members() {
    for (value, members) in Self.packed {
      let mirror = Mirror(reflecting: value)
      #expect(mirror.children.count == members, "\(mirror.subjectType)")
    }
  }
}

import Display
import Migrations
import Schema
import Script
import Testing

@testable import Console

@Suite("the Schema screen")
struct SchemaScreenTests {
  @Test("what the host provides is not counted as unmanaged")
  func provided() {
    let session = SchemaFixture.session(
      catalog: Snapshot(objects: [
        SchemaObject(identity: ObjectIdentity(.extension, name: "pgcrypto")),
        SchemaObject(identity: ObjectIdentity(.publication, name: "supabase_realtime")),
        SchemaObject(identity: ObjectIdentity(.extension, name: "postgis")),
      ]))
    #expect(session.line(with: "? 1 unmanaged") != nil)
  }

  @Test("lists objects by kind and schema, the host's folded")
  func groups() {
    var session = SchemaFixture.session()
    #expect(session.line(with: "▾ Tables public 3") != nil)
    #expect(session.line(with: "▸ Tables auth platform 1") != nil)
    #expect(session.line(with: "│   users ") == nil)
    #expect(session.line(with: "3 tables · 1 view · 1 function · 1 type · 1 extension") != nil)
    session.press(.character("/"))
    session.type("users")
    #expect(session.line(with: "  users") != nil, "a filter finds what is folded away")
  }

  @Test("what no migration made is marked, counted, and listed by itself")
  func unmanaged() {
    var session = SchemaFixture.session()
    #expect(session.line(with: "? scratch_of_last_tuesday") != nil)
    #expect(session.line(with: "? 1 unmanaged") != nil)
    session.press(.character("u"))
    #expect(session.line(with: "instances") == nil)
    #expect(session.line(with: "unmanaged  no migration of the project made it") != nil)
  }

  @Test("a table shows columns, keys, indexes with their state, triggers, policies, grants")
  func table() {
    var session = SchemaFixture.session(columns: 120, rows: 70)
    session.press(.character("/"))
    session.type("telemetry")
    session.press(Key(.enter))
    #expect(session.state.schema.list.current?.object == SchemaFixture.telemetry)
    for text in [
      "132 MB, of which indexes 26 MB", "1.2 M, estimated", "● 001_initial_schema",
      "○ 003_owner_column pending", "row security on, 1 policy", "pk bigint",
      "NOT NULL GENERATED ALWAYS AS IDENTITY",
      "-- Who sent it", "! not validated", "! invalid", "48 k scans", "using (auth.uid() = user_id)",
      "! disabled",
      "INSERT, SELECT", "What happened, sent by the instances",
    ] {
      #expect(session.line(with: text) != nil, "\(text)")
    }
  }

  @Test("a line of the details leads to its own migration, and [ comes back to it")
  func parts() {
    var session = SchemaFixture.session(rows: 70)
    _ = select("telemetry", in: &session)
    session.press(Key(.tab))
    let column = ObjectIdentity.column("public", "telemetry", "user_id")
    for _ in 0..<20 where session.state.schema.detail.part != .object(column) { session.press(Key(.down)) }
    #expect(session.line(with: "made by 003_owner_column ") != nil)
    session.press(.character("m"))
    #expect(session.state.screen == .rollout)
    #expect(session.state.shownMigration == "003_owner_column")
    session.press(.character("["))
    #expect(session.state.screen == .schema)
    #expect(session.state.schema.detail.part == .object(column))
    session.press(.character("o"))
    #expect(
      session.effects == [
        .openEditor(
          FileLocation(file: "003_owner_column.sql", position: SourcePosition(line: 7, column: 1)))
      ])
  }

  @Test("a foreign key leads to its table, a trigger to its function, and back")
  func links() {
    var session = SchemaFixture.session(rows: 70)
    _ = select("telemetry", in: &session)
    session.press(Key(.tab))
    let key = ObjectIdentity.constraint("public", "telemetry", "telemetry_instance_id_fkey")
    for _ in 0..<30 where session.state.schema.detail.part != .object(key) { session.press(Key(.down)) }
    session.press(Key(.enter))
    #expect(session.state.schema.list.current?.object == .table("public", "instances"))
    #expect(session.line(with: "telemetry (instance_id)") != nil, "it is referenced from there")
    session.press(.character("["))
    #expect(session.state.schema.detail.part == .object(key))
  }

  @Test("the definition stands in a window and is copied whole")
  func definition() {
    var session = SchemaFixture.session()
    _ = select("telemetry", in: &session)
    session.press(.character("d"))
    #expect(session.line(with: "CREATE TABLE public.telemetry (") != nil)
    #expect(session.line(with: "ENABLE ROW LEVEL SECURITY;") != nil)
    session.press(.character("Y"))
    guard case .copy(let text) = session.effects.first else {
      Issue.record("nothing was copied")
      return
    }
    #expect(text.contains("ALTER TABLE public.telemetry DISABLE TRIGGER telemetry_touch;"))
    session.press(Key(.escape))
    #expect(session.state.overlays.isEmpty)
  }

  @Test("a definition that the snapshot left out is asked for")
  func leftOut() {
    var session = SchemaFixture.session()
    _ = select("uid", in: &session)
    session.press(.character("d"))
    let request = ScreenRequest.schema(.definition(.function("auth", "uid", "")))
    #expect(session.effects == [.load(request, number: 1)])
    session.post(
      .answered(
        request, number: 1,
        .success(.schema(.definition("CREATE OR REPLACE FUNCTION auth.uid()\n RETURNS uuid")))))
    #expect(session.line(with: "CREATE OR REPLACE FUNCTION auth.uid()") != nil)
  }

  @Test("rows are asked for, page by page, and NULL is told from texts that look like it")
  func rows() {
    var session = SchemaFixture.session()
    _ = select("telemetry", in: &session)
    session.press(.character("v"))
    let first = ScreenRequest.schema(.rows(SchemaFixture.telemetry, offset: 0))
    #expect(session.effects == [.load(first, number: 1)])
    var page = RowPage(
      relation: SchemaFixture.telemetry, columns: ["id", "note", "bell"],
      rows: [["1", nil, "a\u{7}b"], ["2", "NULL", ""]] + (3...200).map { ["\($0)", "n", "x"] }, hasMore: true,
      order: ["id"])
    session.post(.answered(first, number: 1, .success(.schema(.rows(page)))))
    #expect(session.line(with: "rows 1 to 200, there are more") != nil)
    #expect(session.line(with: " 1    NULL    a␇b ") != nil)
    #expect(session.line(with: " 2    'NULL'  ''") != nil)
    session.press(Key(.enter))
    #expect(session.line(with: "telemetry · row 1") != nil)
    session.press(Key(.escape), Key(.end))
    #expect(session.line(with: "▶ 200") != nil)
    session.press(.character("n"))
    let second = ScreenRequest.schema(.rows(SchemaFixture.telemetry, offset: 200))
    #expect(session.effects == [.load(second, number: 2)])
    page.rows = [["201", "n", "x"]]
    page.offset = 200
    page.hasMore = false
    session.post(.answered(second, number: 2, .success(.schema(.rows(page)))))
    #expect(session.line(with: "rows 201 to 201") != nil)
    session.press(.character("n"))
    #expect(session.line(with: "these are the last rows") != nil)
  }

  @Test("wide rows scroll sideways column by column")
  func wideRows() {
    var session = SchemaFixture.session(columns: 80, rows: 24)
    _ = select("telemetry", in: &session)
    session.press(.character("v"))
    let request = ScreenRequest.schema(.rows(SchemaFixture.telemetry, offset: 0))
    let page = RowPage(
      relation: SchemaFixture.telemetry, columns: (1...20).map { "column_\($0)" },
      rows: [(1...20).map { "value \($0)" }])
    session.post(.answered(request, number: 1, .success(.schema(.rows(page)))))
    #expect(session.line(with: "columns 1 to 7 of 20") != nil)
    for _ in 0..<5 { session.press(Key(.right)) }
    #expect(session.line(with: "column_6") != nil)
    #expect(session.line(with: "column_5 ") == nil)
  }

  @Test("rows that cannot be read say why")
  func rowFailure() {
    var session = SchemaFixture.session()
    _ = select("telemetry", in: &session)
    session.press(.character("v"))
    session.post(
      .answered(
        .schema(.rows(SchemaFixture.telemetry, offset: 0)), number: 1,
        .failure(Trouble("permission denied for table telemetry"))))
    #expect(session.lines.last?.contains("permission denied for table telemetry") == true)
  }

  @Test("10,000 tables cost a key what 10 do: only visible rows are worded")
  func large() {
    let catalog = Snapshot(
      objects: (0..<10_000).map { number in
        SchemaObject(
          identity: .table("public", "table_\(number)"), detail: .relation(RelationDetail(bytes: 8_192)))
      })
    var session = SchemaFixture.session(catalog: catalog)
    #expect(session.line(with: "Tables public 10000") != nil)
    session.press(.character("/"))
    session.type("table_777")
    #expect(session.line(with: "11 of 10000") != nil)
    session.press(Key(.enter), Key(.end))
    #expect(session.state.schema.list.current?.object?.name == "table_7779")
  }

  @Test("looks as recorded", arguments: GoldenFrameTests.sizes)
  func golden(_ size: Size) throws {
    var session = SchemaFixture.session(columns: size.columns, rows: size.rows)
    _ = select("telemetry", in: &session)
    session.press(Key(.escape))
    try expectGolden(session.frame, "schema-\(size.columns)x\(size.rows)")
    session.press(.character("d"))
    try expectGolden(session.frame, "schema-definition-\(size.columns)x\(size.rows)")
  }

  /// Moves the cursor to the object of a name.
  private func select(_ name: String, in session: inout Session) -> Bool {
    session.press(.character("/"))
    session.type(name)
    session.press(Key(.enter))
    return session.state.schema.list.current?.object?.name == name
  }
}

import Display
import Migrations
import Schema
import Testing
import Verification

@testable import Console

@Suite("the Verify screen")
struct VerifyScreenTests {
  /// A console on the Verify screen, with findings of every kind.
  static func session(columns: Int = 120, rows: Int = 36) -> Session {
    var session = Session.ready(columns: columns, rows: rows)
    session.post(
      .statusesLoaded(HelixFixture.statuses(), findings: findings, catalog: catalog))
    session.press(.character("4"))
    return session
  }

  static let findings: [Finding] =
    HelixFixture.findings + [
      Finding(
        code: "evidence.missing", severity: .failure, migration: "067_recreate_all_triggers",
        object: .trigger("public", "telemetry", "touch_updated_at"),
        message: "trigger touch_updated_at on telemetry is not there"),
      Finding(
        code: "evidence.differs", severity: .failure, migration: "004_rls_policies",
        object: .policy("public", "heartbeats", "Users can select own heartbeats"),
        message: "policy \"Users can select own heartbeats\" on heartbeats: its USING differs"),
      Finding(
        code: "migration.pending", severity: .warning, migration: HelixFixture.pending[0],
        message: "070_user_equals_instance is pending"),
    ]
    + (0..<40).map {
      Finding(
        code: "evidence.found", severity: .pass, migration: "001_initial_schema",
        object: .table("public", "table_\($0)"), message: "table table_\($0) is there")
    }

  static let catalog = Snapshot(objects: [
    SchemaObject(
      identity: .policy("public", "heartbeats", "Users can select own heartbeats"),
      definition:
        "CREATE POLICY \"Users can select own heartbeats\" ON public.heartbeats FOR SELECT USING (true)")
  ])

  @Test("lists failures and warnings, and what passed on demand")
  func passed() {
    var session = Self.session()
    #expect(session.line(with: "3 failures · 1 warning · 40 passed") != nil)
    #expect(session.line(with: "table table_1 is there") == nil)
    session.press(.character("v"))
    session.press(Key(.end))
    #expect(session.line(with: "table table_39 is there") != nil)
  }

  @Test("explains the finding under the cursor, with what the catalog holds")
  func detail() {
    var session = Self.session()
    session.press(.character("/"))
    session.type("using differs")
    #expect(session.line(with: "1 of 4") != nil)
    session.press(Key(.enter))
    #expect(session.line(with: "but not as the migrations that are in leave it") != nil)
    #expect(session.line(with: "FOR SELECT USING (true)") != nil)
    session.press(Key(.escape), .character("/"))
    session.type("touch_updated")
    #expect(session.line(with: "it is not there") != nil)
  }

  @Test("a second look at one migration says what became better")
  func again() {
    var session = Self.session()
    session.press(.character("/"))
    session.type("touch_updated")
    session.press(Key(.enter), .character("r"))
    let request = ScreenRequest.verify(.check("067_recreate_all_triggers"))
    #expect(session.effects == [.load(request, number: 1)])
    let fixed = Finding(
      code: "evidence.found", severity: .pass, migration: "067_recreate_all_triggers",
      object: .trigger("public", "telemetry", "touch_updated_at"),
      message: "trigger touch_updated_at on telemetry is there")
    session.post(
      .answered(request, number: 1, .success(.verify(.checked([fixed], catalog: Self.catalog)))))
    #expect(session.line(with: "2 failures · 1 warning · 41 passed") != nil)
    #expect(session.line(with: "1 better") != nil)
    #expect(session.line(with: "better than the time before: it was a failure") != nil)
  }

  @Test("without failure and warning it says so")
  func allGood() {
    var session = Session.ready()
    session.post(
      .statusesLoaded(HelixFixture.statuses(), findings: Self.findings.filter { $0.severity == .pass }))
    session.press(.character("4"))
    #expect(session.line(with: "All 40 checks passed.") != nil)
  }

  @Test("looks as recorded", arguments: GoldenFrameTests.sizes)
  func golden(_ size: Size) throws {
    var session = Self.session(columns: size.columns, rows: size.rows)
    session.press(Key(.down), Key(.down))
    try expectGolden(session.frame, "verify-\(size.columns)x\(size.rows)")
  }
}

import Display
import Migrations
import Schema
import Testing

@testable import Console

@Suite("looking inside the open transaction")
struct InsideTests {
  private static let id = HelixFixture.pending[0]
  private static let request = ScreenRequest.rollout(.lookInside)

  private static let committed = Snapshot(objects: [
    SchemaObject(identity: .table("public", "telemetry"), definition: "CREATE TABLE telemetry"),
    SchemaObject(identity: .table("public", "heartbeats"), definition: "CREATE TABLE heartbeats"),
    SchemaObject(identity: .table("public", "legacy"), definition: "CREATE TABLE legacy"),
    SchemaObject(identity: .column("public", "heartbeats", "note"), definition: "text"),
  ])

  private static let inside = Snapshot(objects: [
    SchemaObject(identity: .table("public", "telemetry"), definition: "CREATE TABLE telemetry"),
    SchemaObject(identity: .table("public", "heartbeats"), definition: "CREATE TABLE heartbeats"),
    SchemaObject(identity: .table("public", "user_settings"), definition: "CREATE TABLE user_settings"),
    SchemaObject(identity: .column("public", "heartbeats", "note"), definition: "character varying(80)"),
    SchemaObject(identity: .column("public", "heartbeats", "user_id"), definition: "uuid"),
  ])

  /// A console that steps through a migration and waits before its second statement.
  private static func waiting(columns: Int = 120, rows: Int = 36) -> Session {
    var session = Session.running(.step, columns: columns, rows: rows)
    session.event(.migrationStarted(id, attempt: 1))
    session.event(.paused(id, statement: 1, .step))
    return session
  }

  /// The same, looking inside.
  private static func looking(columns: Int = 120, rows: Int = 36) -> Session {
    var session = waiting(columns: columns, rows: rows)
    session.press(.character("i"))
    session.post(
      .answered(
        request, number: session.state.requests,
        .success(.rollout(.inside(inside, committed: committed)))))
    return session
  }

  @Test("asks the run's own connection, and only while the run waits")
  func asking() {
    var session = Self.waiting()
    session.press(.character("i"))
    #expect(session.effects == [.load(Self.request, number: session.state.requests)])
    var running = Session.running(.straight)
    running.event(.statementStarted(Self.id, statement: 0))
    running.press(.character("i"))
    #expect(running.effects.isEmpty)
    #expect(running.line(with: "the run does not wait") != nil)
  }

  @Test("marks what is not committed with a sign and a word, and the header says where one is")
  func marks() {
    let session = Self.looking(columns: 200, rows: 60)
    #expect(session.lines[0].contains("INSIDE, NOT COMMITTED: 070_user_equals_instance, before statement 2"))
    #expect(session.line(with: "+ user_settings")?.contains("new, not committed") == true)
    #expect(session.line(with: "~ heartbeats")?.contains("changed, not committed") == true)
    #expect(session.line(with: "- legacy")?.contains("dropped, not committed") == true)
    #expect(session.line(with: "Tables public 3") != nil)
    #expect(session.line(with: "3 objects with uncommitted changes") != nil)
  }

  @Test("lists what the transaction touched, and everything on demand")
  func all() {
    var session = Self.looking()
    #expect(session.line(with: "? telemetry") == nil)
    session.press(.character("U"))
    #expect(session.line(with: "? telemetry") != nil)
    session.press(.character("i"), .character("2"))
    #expect(session.line(with: "What the open transaction changed") == nil)
  }

  @Test("shows what the transaction did to an object, with the definitions before and after")
  func detail() {
    var session = Self.looking(rows: 60)
    session.press(.character("/"))
    session.type("heartbeats")
    session.press(Key(.enter))
    #expect(session.line(with: "+ column heartbeats.user_id") != nil)
    #expect(session.line(with: "- text") != nil)
    #expect(session.line(with: "+ character varying(80)") != nil)
  }

  @Test("reads rows inside as well")
  func rows() {
    var session = Self.looking()
    session.press(.character("/"))
    session.type("heartbeats")
    session.press(Key(.enter), .character("v"))
    #expect(
      session.effects == [
        .load(
          .schema(.inside(.rows(.table("public", "heartbeats"), offset: 0))),
          number: session.state.requests)
      ])
  }

  @Test("ends with the key that began it, and when the run goes on")
  func leaving() {
    var session = Self.looking()
    session.press(.character("i"))
    #expect(session.state.inside == nil)
    #expect(!session.lines[0].contains("INSIDE"))
    #expect(session.line(with: "user_settings") == nil)
    session = Self.looking()
    session.press(.character("1"), .character("n"))
    #expect(session.state.inside == nil)
    #expect(session.effects == [.send(.next)])
  }

  @Test("the way out is always among the hints", arguments: GoldenFrameTests.sizes)
  func wayOut(_ size: Size) {
    var session = Self.looking()
    session.post(.resized(size))
    #expect(session.lines.last?.contains("i look outside") == true)
    session.press(.character("i"))
    #expect(session.lines.last?.contains("look outside") == false)
  }

  @Test("an answer that comes after the run went on is not shown")
  func late() {
    var session = Self.waiting()
    session.press(.character("i"))
    let number = session.state.requests
    session.press(.character("n"))
    session.post(
      .answered(Self.request, number: number, .success(.rollout(.inside(Self.inside, committed: nil)))))
    #expect(session.state.inside == nil)
  }

  @Test("looks as recorded", arguments: GoldenFrameTests.sizes)
  func golden(_ size: Size) throws {
    try expectGolden(
      Self.looking(columns: size.columns, rows: size.rows).frame, "inside-\(size.columns)x\(size.rows)")
  }
}

import Display
import Migrations
import Schema
import Testing

@testable import Console
@testable import Verification

@Suite("the Access screen")
struct AccessScreenTests {
  static func session(
    columns: Int = 120, rows: Int = 36, options: ConsoleOptions = ConsoleOptions(target: "staging")
  ) -> Session {
    var session = SchemaFixture.session(columns: columns, rows: rows, catalog: catalog, options: options)
    session.press(.character("3"))
    return session
  }

  /// The small database of the Schema screen, with roles and what they were given.
  static let catalog: Snapshot = {
    var catalog = SchemaFixture.catalog
    let tables = ["telemetry", "instances", "scratch_of_last_tuesday"].map {
      ObjectIdentity.table("public", $0)
    }
    let roles = [
      AccessFacts.Role("anon"), AccessFacts.Role("authenticated"),
      AccessFacts.Role("service_role", bypassesRowSecurity: true), AccessFacts.Role("postgres"),
    ]
    var privileges: [ObjectIdentity: [AccessFacts.Privilege]] = [
      ObjectIdentity(.schema, name: "public"): roles.map { .init("USAGE", to: $0.name) },
      SchemaFixture.telemetry: ["anon", "authenticated"].flatMap { role in
        ["SELECT", "INSERT"].map { .init($0, to: role) }
      },
      .table("public", "instances"): [.init("SELECT", to: "authenticated")],
      .function("public", "touch_updated_at", ""): [.init("EXECUTE", to: AccessFacts.everyone)],
      ObjectIdentity(.schema, name: "auth"): [.init("USAGE", to: AccessFacts.everyone)],
      .function("auth", "uid", ""): [.init("EXECUTE", to: AccessFacts.everyone)],
    ]
    for table in tables {
      for role in ["service_role", "postgres"] {
        privileges[table, default: []] += ["SELECT", "INSERT", "UPDATE", "DELETE"].map { .init($0, to: role) }
      }
    }
    catalog.access = AccessFacts(roles: roles, privileges: privileges)
    return catalog
  }()

  @Test("a line for each object, a column for each role, a sign for each command, and a legend")
  func matrix() {
    let session = Self.session()
    #expect(
      session.line(with: "● all  ◐ own  ◔ some  – no grant  · no policy  ◎ bypass  ! fails  × impossible")
        != nil)
    let header = session.lines.firstIndex { $0.contains("anon") && $0.contains("ated") }
    let above = header.map { session.lines[$0 - 1] }
    #expect(above?.contains("authentic") == true, "a role's name is whole, in as many lines as it needs")
    #expect(above?.contains("service_") == true)
    let row = session.lines.first { $0.contains("  telemetry ") }
    #expect(row?.contains("· · – –") == true, "anon: privileges, but no policy admits a row")
    #expect(row?.contains("◎ ◎ ◎ ◎") == true, "service_role bypasses row security")
  }

  @Test("a role's name breaks behind an underscore, and ends in an ellipsis only after three lines")
  func roleNames() {
    func head(_ role: String) -> [String] {
      AccessLayout.head(of: role, columns: 8, ellipsis: "…").map(\.string)
    }
    #expect(head("anon") == ["anon"])
    #expect(head("service_role") == ["service_", "role"])
    #expect(head("authenticated") == ["authenti", "cated"])
    #expect(head("supabase_auth_administrators") == ["supabase", "_auth_", "adminis…"])
  }

  @Test("the cursor goes from cell to cell, and each is explained in the server's words")
  func explanation() {
    var session = Self.session()
    select("telemetry", in: &session)
    #expect(session.line(with: "anon: SELECT") != nil)
    #expect(session.line(with: "no permissive policy for SELECT") != nil)
    session.press(Key(.right), Key(.right), Key(.right), Key(.right))
    #expect(session.line(with: "authenticated: SELECT") != nil)
    #expect(session.line(with: "[◐]") != nil)
    #expect(session.line(with: "(auth.uid() = user_id)") != nil)
    session.press(Key(.left))
    #expect(session.line(with: "anon: DELETE") != nil)
  }

  @Test("a policy opens with its expressions, and m leads to the migration that made it")
  func policy() {
    var session = Self.session()
    select("telemetry", in: &session)
    session.press(Key(.right), Key(.right), Key(.right), Key(.right), Key(.enter))
    let policy = ObjectIdentity.policy("public", "telemetry", "Users can select own telemetry")
    for _ in 0..<20 where session.state.access.detail.part != .object(policy) { session.press(Key(.down)) }
    session.press(Key(.enter))
    #expect(session.line(with: "permissive: adds rows") != nil)
    #expect(session.line(with: "Using: rows that are there") != nil)
    session.press(Key(.escape), .character("m"))
    #expect(session.state.screen == .rollout)
    #expect(session.state.shownMigration == "002_telemetry_policies")
    session.press(.character("["))
    #expect(session.state.screen == .access)
  }

  @Test("what a role reaches is listed by itself")
  func reach() {
    var session = Self.session()
    session.press(.character("e"))
    #expect(session.line(with: "Reached by anon") != nil)
    #expect(session.line(with: "telemetry ") == nil)
    #expect(session.line(with: "touch_updated_at()") != nil)
    session.press(.character("e"))
    #expect(session.line(with: "  telemetry ") != nil)
  }

  @Test("a probe is asked about, on a protected target by the database's name, and never made read-only")
  func confirmation() {
    var session = Self.session()
    select("telemetry", in: &session)
    session.press(.character("p"))
    #expect(session.effects.isEmpty)
    #expect(session.line(with: "Probe telemetry on staging?") != nil)
    session.press(.character("y"))
    let request = ScreenRequest.access(.probe([SchemaFixture.telemetry]))
    #expect(session.effects == [.load(request, number: 1)])

    session = Self.session(options: ConsoleOptions(target: "production", isProtected: true))
    select("telemetry", in: &session)
    session.press(.character("p"), .character("y"), Key(.enter))
    #expect(session.effects.isEmpty)
    session.press(Key(.backspace))
    session.type("postgres")
    session.press(Key(.enter))
    #expect(session.effects == [.load(request, number: 1)])

    session = Self.session(options: ConsoleOptions(readOnlyReason: "started with --read-only"))
    select("telemetry", in: &session)
    session.press(.character("p"))
    #expect(session.state.overlays.isEmpty)
    #expect(session.lines.last?.contains("started with --read-only") == true)
  }

  @Test("what a probe found stands beside what the matrix says, and a contradiction is marked")
  func probe() {
    var session = Self.session()
    select("telemetry", in: &session)
    session.press(.character("p"), .character("y"))
    // The other user's row is reached: a leak that the matrix does not know of.
    let plan = ProbePlan(
      seeds: [],
      trials: [
        trial(nil, .first), trial(nil, .second), trial(.select, .first), trial(.select, .second),
      ], omissions: [])
    let report = ProbeReport(plan, preparations: [], trials: [.rows(1), .rows(1), .rows(1), .rows(1)])
    session.post(
      .answered(
        .access(.probe([SchemaFixture.telemetry])), number: 1,
        .success(.access(.probed(report, omissions: [], catalog: Self.catalog)))))
    #expect(session.line(with: "! 1 of 1 cells unlike the matrix") != nil)
    #expect(session.line(with: "! telemetry") != nil)
    session.press(Key(.right), Key(.right), Key(.right), Key(.right))
    #expect(session.line(with: "leaks: a row of somebody else is reached") != nil)
    #expect(session.line(with: "the matrix does not say so") != nil)
  }

  @Test("roles that do not fit scroll into sight with the cell")
  func narrow() {
    var session = Self.session(columns: 80, rows: 24)
    select("telemetry", in: &session)
    #expect(session.line(with: "roles 1 to 3 of 4") != nil)
    for _ in 0..<12 { session.press(Key(.right)) }
    #expect(session.line(with: "roles 2 to 4 of 4") != nil)
    #expect(session.line(with: "owner: SELECT") != nil)
  }

  @Test("from the Schema screen to the matrix and back")
  func jumps() {
    var session = Self.session()
    session.press(.character("2"), .character("/"))
    session.type("instances")
    session.press(Key(.enter), .character("a"))
    #expect(session.state.screen == .access)
    #expect(session.state.access.list.current?.object == .table("public", "instances"))
    session.press(.character("d"))
    #expect(session.state.screen == .schema)
    session.press(.character("["))
    #expect(session.state.screen == .access)
  }

  @Test("looks as recorded", arguments: GoldenFrameTests.sizes)
  func golden(_ size: Size) throws {
    var session = Self.session(columns: size.columns, rows: size.rows)
    select("telemetry", in: &session)
    session.press(Key(.escape), Key(.right), Key(.right), Key(.right), Key(.right))
    try expectGolden(session.frame, "access-\(size.columns)x\(size.rows)")
  }

  private func select(_ name: String, in session: inout Session) {
    session.press(.character("/"))
    session.type(name)
    session.press(Key(.enter))
    // Other names may contain it too.
    for _ in 0..<3 where session.state.access.list.current?.object?.name != name { session.press(Key(.down)) }
    #expect(session.state.access.list.current?.object?.name == name)
  }

  private func trial(_ command: AccessCommand?, _ user: ProbeUser) -> ProbePlan.Trial {
    ProbePlan.Trial(
      table: SchemaFixture.telemetry, command: command, role: command == nil ? "" : "authenticated",
      user: user,
      row: "id = 1", statement: RoleStatement("SELECT 1"))
  }
}

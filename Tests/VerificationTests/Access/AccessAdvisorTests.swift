import Catalog
import Migrations
import Postgres
import Schema
import TestServer
import Testing

@testable import Verification

@Suite("Access advisor")
struct AccessAdvisorTests {
  private static let guarded = """
    CREATE TABLE t (id int PRIMARY KEY, user_id uuid NOT NULL REFERENCES auth.users (id));
    CREATE INDEX ON t (user_id); ALTER TABLE t ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON t TO authenticated USING ((SELECT auth.uid()) = user_id);
    """

  private func codes(
    _ matrix: AccessMatrix, _ facts: AdvisorFacts = AdvisorFacts()
  ) -> Set<AccessFindingCode> {
    Set(AccessAdvisor(matrix, facts: facts).findings.map(\.code))
  }

  @Test("what the API shows is looked up where it is kept, not in the session")
  func exposedSchemas() async throws {
    try await TestServer.withDatabase(platform: true) { configuration in
      let connection = try await Connection.connect(configuration)
      let database = connection.server.database
      try await connection.execute(
        """
        CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO anon; CREATE TABLE api.open (id int PRIMARY KEY);
        GRANT SELECT ON api.open TO anon; CREATE TABLE t (id int PRIMARY KEY);
        """)
      let reader = CatalogReader(connection)
      let matrix = AccessMatrix(try await reader.snapshot(.supabase))
      #expect(try await reader.advisorFacts().exposedSchemas == nil)
      let before = AccessAdvisor(matrix, facts: try await reader.advisorFacts()).findings
      #expect(before.filter { $0.code == .rowSecurityMissing }.map(\.object.name) == ["t"])
      try await connection.execute("ALTER DATABASE \(database) SET pgrst.db_schemas = 'api, graphql_public'")
      let facts = try await reader.advisorFacts()
      #expect(facts.exposedSchemas == ["api", "graphql_public"])
      let after = AccessAdvisor(matrix, facts: facts).findings
      #expect(after.filter { $0.code == .rowSecurityMissing }.map(\.object.name) == ["open"])
      await connection.close()
    }
  }

  @Test("on a server without visitors nothing is exposed, and policies are judged all the same")
  func withoutVisitors() async throws {
    try await withAccessDatabase(Self.guarded + "CREATE TABLE open (id int PRIMARY KEY)") { _, matrix in
      var snapshot = matrix.snapshot
      snapshot.access.roles["anon"] = nil
      snapshot.access.roles["authenticated"] = nil
      #expect(codes(AccessMatrix(snapshot)).isDisjoint(with: [.rowSecurityMissing, .definerView]))
    }
  }

  @Test("a view that reads through views with security_invoker alone shows nothing of its owner's")
  func definerOverInvoker() async throws {
    let sql = """
      \(Self.guarded) CREATE VIEW inner_view WITH (security_invoker = true) AS SELECT * FROM t;
      CREATE VIEW outer_view AS SELECT * FROM inner_view; CREATE VIEW mixed AS SELECT i.id FROM inner_view i, t;
      """
    try await withAccessDatabase(sql) { connection, matrix in
      guard connection.server.version >= 150_000 else { return }
      let found = AccessAdvisor(matrix).findings.filter { $0.code == .definerView }
      #expect(found.map(\.object.name) == ["mixed"])
    }
  }

  @Test("a visitor that is a member of a role without row security")
  func widerRole() async throws {
    try await withAccessDatabase(Self.guarded) { _, matrix in
      #expect(!codes(matrix).contains(.memberOfWiderRole))
      var snapshot = matrix.snapshot
      snapshot.access.memberships.insert(.init(role: "service_role", member: "anon", isInherited: false))
      let finding = AccessAdvisor(AccessMatrix(snapshot)).findings.first { $0.code == .memberOfWiderRole }
      #expect(finding?.fix.statements == ["REVOKE service_role FROM anon;"])
    }
  }

  @Test("extensions in public, old ones, and what GraphQL shows")
  func extensions() async throws {
    try await withAccessDatabase(Self.guarded) { _, matrix in
      let facts = AdvisorFacts(extensions: [
        .init(name: "citext", schema: "public", isRelocatable: true, version: "1.5", availableVersion: "1.6"),
        .init(name: "pg_graphql", schema: "graphql", isRelocatable: false, version: "1.5"),
      ])
      #expect(codes(matrix, facts).isSuperset(of: [.extensionInPublic, .extensionOutdated, .graphQLExposed]))
      #expect(codes(matrix).isDisjoint(with: [.extensionInPublic, .extensionOutdated, .graphQLExposed]))
    }
  }

  @Test("an index that was never used counts on large tables only")
  func unusedIndex() async throws {
    try await withAccessDatabase(Self.guarded) { _, matrix in
      #expect(!codes(matrix).contains(.unusedIndex))
      var snapshot = matrix.snapshot
      let table = ObjectIdentity.table("public", "t")
      guard case .relation(var detail)? = snapshot[table]?.detail else {
        Issue.record("the table is not in the snapshot")
        return
      }
      detail.estimatedRows = 20_000
      snapshot.objects[table]?.detail = .relation(detail)
      #expect(codes(AccessMatrix(snapshot)).contains(.unusedIndex))
    }
  }

  @Test("a queue of pgmq that everybody can write")
  func queue() async throws {
    try await withAccessDatabase("CREATE SCHEMA pgmq; CREATE TABLE pgmq.q_mails (id int PRIMARY KEY)") {
      _, matrix in
      #expect(!codes(matrix).contains(.queueExposed))
      #expect(codes(matrix, AdvisorFacts(exposedSchemas: ["public", "pgmq_public"])).contains(.queueExposed))
    }
  }

  @Test("every fix runs as it is written, and settles its finding")
  func fixes() async throws {
    try await TestServer.withDatabase(platform: true) { configuration in
      let connection = try await Connection.connect(configuration)
      try await connection.execute(
        Self.guarded + """
          CREATE TABLE open (id int PRIMARY KEY, user_id uuid REFERENCES auth.users (id), password text);
          CREATE VIEW shown AS SELECT * FROM t; CREATE INDEX again ON t (user_id);
          CREATE TABLE quick (id int PRIMARY KEY, user_id uuid NOT NULL REFERENCES auth.users (id));
          ALTER TABLE quick ENABLE ROW LEVEL SECURITY;
          CREATE POLICY "per row" ON quick USING (auth.uid() = user_id) WITH CHECK (true);
          CREATE FUNCTION definer() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN NEW; END';
          CREATE TABLE meta (id int PRIMARY KEY, org text); ALTER TABLE meta ENABLE ROW LEVEL SECURITY;
          CREATE POLICY m ON meta FOR SELECT TO authenticated USING ((auth.jwt() -> 'user_metadata' ->> 'org') = org);
          CREATE POLICY l ON meta AS RESTRICTIVE FOR SELECT TO authenticated USING (current_setting('request.jwt.claim.org', true) = org);
          """)
      let reader = CatalogReader(connection)
      var rounds = 0
      var left: [AccessFinding] = []
      // A second change to one policy waits until the first is made.
      repeat {
        let matrix = AccessMatrix(try await reader.snapshot(.supabase))
        left = AccessAdvisor(matrix, facts: try await reader.advisorFacts()).findings
          .filter { $0.fix.decision == nil }
        if rounds == 0 { #expect(left.count > 10) }
        try await connection.execute(FixScript(left).text)
        rounds += 1
      } while !left.isEmpty && rounds < 5
      #expect(left.isEmpty, "\(left.map { "\($0.code.rawValue): \($0.message)" })")
      await connection.close()
    }
  }

  @Test("a script changes each policy once, and comments out what waits for a decision")
  func script() {
    let policy = ObjectIdentity.policy("public", "t", "p")
    let script = FixScript([
      AccessFinding(.userMetadataInPolicy, .failure, policy, "one\ntwo", fix: AccessFix("ALTER POLICY a;")),
      AccessFinding(.authCallPerRow, .warning, policy, "again", fix: AccessFix("ALTER POLICY b;")),
      AccessFinding(
        .definerFunctionExecutable, .warning, .function("public", "f", ""), "callable",
        fix: AccessFix("REVOKE x;", decision: "whether it is meant")),
    ])
    let live = script.lines.filter { !$0.hasPrefix("--") && !$0.isEmpty }
    #expect(live == ["ALTER POLICY a;"])
    #expect(script.lines.contains("-- two"))
    #expect(script.lines.contains("-- REVOKE x;"))
    #expect(script.settledCount == 1)
    #expect(script.openCount == 2)
    let file = script.text(in: "-- words\n\n-- migrate:up\n\n-- migrate:down\n")
    #expect(file.hasPrefix("-- words\n\n-- migrate:up\n-- What"))
    #expect(file.hasSuffix("\n-- migrate:down\n"))
  }

  @Test("a project lives with a finding everywhere, or on one object, and hears of what it names in vain")
  func ignored() {
    let view = ObjectIdentity(.view, schema: "public", name: "totals")
    let other = ObjectIdentity(.view, schema: "public", name: "other")
    let all = [view, other].map { AccessFinding(.definerView, .warning, $0, "shown", fix: AccessFix()) }
    let one = ProjectFindings(
      all,
      options: FindingOptions(ignored: ["access.definer-view public.totals": "sums", "access.typo": "why"]))
    #expect(one.findings.map(\.object) == [other])
    #expect(one.ignoredCount == 1)
    #expect(one.unusedEntries == ["access.typo"])
    #expect(
      ProjectFindings(all, options: FindingOptions(ignored: ["access.definer-view": "x"])).findings.isEmpty)
  }

  @Test("every code stands in docs/findings.md, and no other of its kind")
  func documentation() throws {
    let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let text = String(decoding: try FileSystem.local.read("\(root)/docs/findings.md"), as: UTF8.self)
    let documented = text.split(separator: "\n").compactMap { line -> String? in
      guard line.hasPrefix("| `access.") || line.hasPrefix("| `performance.") else { return nil }
      return line.split(separator: "`").dropFirst().first.map(String.init)
    }
    #expect(documented.sorted() == AccessFindingCode.allCases.map(\.rawValue).sorted())
  }
}

import Catalog
import Postgres
import Schema
import TestServer
import Testing

@testable import Verification

@Suite("Probe by a session that is no superuser")
struct ProbeSessionTests {
  @Test("what it may not become is known beforehand, and what it may not make is said with what would let it")
  func rights() async throws {
    let user = TestServer.uniqueName("prober")
    try await TestServer.withDatabase(platform: true) { configuration in
      let owner = try await Connection.connect(configuration)
      try await owner.execute(
        """
        CREATE ROLE \(user) LOGIN; GRANT anon TO \(user); GRANT USAGE, CREATE ON SCHEMA public TO \(user);
        CREATE TABLE theirs (id int PRIMARY KEY); REVOKE ALL ON theirs FROM anon;
        """)
      var own = configuration
      own.parameters["user"] = user
      let connection = try await Connection.connect(own)
      try await connection.execute("CREATE TABLE mine (id int PRIMARY KEY); GRANT SELECT ON mine TO anon")
      let reader = CatalogReader(connection)
      let (session, missing) = try await reader.rolesOutOfReach(["anon", "authenticated", "nobody at all"])
      #expect(session == user)
      #expect(missing == ["authenticated"])
      let matrix = AccessMatrix(try await reader.snapshot(.supabase))
      let plan = ProbePlanner(matrix, unavailableRoles: ["authenticated": "not a member"]).plan(
        for: matrix.relations, roles: ["anon", "authenticated"])
      #expect(!plan.trials.contains { $0.role == "authenticated" })
      let outcomes = try await RolledBackSession(connection).run(
        preparing: plan.seeds.map(\.statement), trying: plan.trials.map(\.statement))
      let report = ProbeReport(plan, preparations: outcomes.preparations, trials: outcomes.trials)
      let mine = report.entries.first {
        $0.table.name == "mine" && $0.role == "anon" && $0.command == .select
      }
      #expect(mine?.verdict == .leaks)
      let theirs = report.entries.first { $0.table.name == "theirs" && $0.role == "anon" }
      #expect(theirs?.verdict == .untried)
      #expect(theirs?.detail.contains("GRANT SELECT, INSERT ON public.theirs") == true)
      let skipped = report.entries.filter { $0.role == "authenticated" }
      #expect(!skipped.isEmpty)
      #expect(skipped.allSatisfy { $0.verdict == .untried && $0.detail == "not a member" })
      await connection.close()
      try await owner.execute("DROP OWNED BY \(user); DROP ROLE \(user)")
      await owner.close()
    }
  }

  @Test("how far sequences are is known, so that what moved can be said")
  func sequences() async throws {
    try await withAccessDatabase(
      "CREATE SEQUENCE numbers; CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL DEFAULT nextval('numbers'))"
    ) { connection, matrix in
      let reader = CatalogReader(connection)
      #expect(try await reader.sequencePositions()["public.numbers"] == nil)
      _ = try await probe(matrix, connection)
      let after = try await reader.sequencePositions()["public.numbers"] ?? 0
      #expect(after > 0)
      #expect(try await connection.query("SELECT count(*) FROM t").rows.first?[0] == "0")
    }
  }
}

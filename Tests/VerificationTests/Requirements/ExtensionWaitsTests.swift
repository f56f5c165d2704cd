import Migrations
import Schema
import Testing
import Verification

@Suite("Migrations that wait for an extension")
struct ExtensionWaitsTests {
  private let location = FileLocation(file: "signalbox.toml")

  /// The second installs an extension, the third needs the second, the fourth needs neither.
  private var project: Project {
    let vector = ObjectIdentity(.extension, name: "vector")
    func expected(_ migration: MigrationID?, _ table: String) -> Migrations.Expectation {
      Migrations.Expectation(
        migration: migration, claim: .exists(.table("public", table)), location: location)
    }
    return Project(
      name: "p", root: "/",
      migrations: [
        migration("001", [creates(table("a"))]),
        migration("002", [creates(SchemaObject(identity: vector)), creates(table("b"))]),
        migration("003", [creates(column("b", "x"))]), migration("004", [creates(table("d"))]),
      ],
      expectations: [
        expected("002", "b"), expected("002", "b2"), expected("002", "a"), expected("003", "c"),
        expected("004", "d"),
      ])
  }

  private func findings(_ available: [String: AvailableExtension]?) async throws -> [Finding] {
    var snapshot = Snapshot(objects: [table("a")])
    snapshot.availableExtensions = available
    snapshot.serverVersion = 170000
    let statuses = StateJudge.statuses(
      of: project, history: History(), evidence: EvidenceJudge(project).evidence(in: snapshot))
    let waits = ExtensionWaits(
      of: project, graph: RequirementGraph(project), statuses: statuses, snapshot: snapshot)
    return waits.findings()
      + (try await Verifier.findings(
        of: project, statuses: statuses, snapshot: snapshot, waits: waits, ask: { _ in .text(nil) }))
  }

  @Test(
    "one failure says which extension, who waits for it and how to get it; what is expected of these is counted"
  )
  func missing() async throws {
    let open = try await findings([:]).filter { $0.severity != .pass }
    #expect(
      open.map { "\($0.code) \($0.severity.rawValue) \($0.migration?.rawValue ?? "-")" } == [
        "requirement.extension failure 002", "migration.pending warning 002",
        "expectation.waiting warning 002",
        "migration.pending warning 003", "expectation.waiting warning 003", "migration.pending warning 004",
        "expectation.missing warning 004",
      ])
    #expect(
      open.first?.message
        == "extension `vector` is not available on this server, and `002` installs it; `003` waits for it, too"
    )
    #expect(open.first?.advice?.contains("apt install postgresql-17-pgvector") == true)
    #expect(
      open.first { $0.code == "expectation.waiting" }?.message == "2 expectations wait for extension `vector`"
    )
  }

  @Test(
    "where the server has it, or nobody asked, each expectation stands for itself",
    arguments: [["vector": AvailableExtension(versions: [])], nil])
  func available(extensions: [String: AvailableExtension]?) async throws {
    let codes = try await findings(extensions).map(\.code)
    #expect(!codes.contains("requirement.extension"))
    #expect(!codes.contains("expectation.waiting"))
    #expect(codes.count { $0 == "expectation.missing" } == 4)
  }
}

import Display
import Migrations
import Testing

@testable import Console

@Suite("the graph of a phase")
struct PhaseGraphTests {
  private func rows(_ ids: [MigrationID], _ edges: [(MigrationID, MigrationID)]) -> GraphRows {
    let requirements = edges.map { Requirement(from: $0.0, to: $0.1, reasons: []) }
    return GraphRows(
      MigrationGroup(name: "Phase", migrations: ids, kind: .phase),
      in: RequirementGraph(nodes: ids, requirements: requirements))
  }

  private func depths(_ rows: GraphRows) -> [String] {
    rows.rows.dropFirst().map { row in
      switch row {
      case .root(let id): "\(id)"
      case .branch(let branch): String(repeating: " ", count: branch.isLast.count) + "\(branch.migration)"
      case .heading, .centre: "?"
      }
    }
  }

  @Test(
    "each member hangs on the last that it needs in the phase; who needs nothing in it stands at the edge")
  func tree() {
    let rows = rows(["1", "2", "3", "4"], [("2", "1"), ("3", "1"), ("3", "2"), ("4", "0")])
    #expect(depths(rows) == ["1", " 2", "  3", "4"])
  }

  @Test("a circle loses nobody")
  func circle() {
    let rows = rows(["1", "2"], [("1", "2"), ("2", "1")])
    #expect(depths(rows) == ["1", " 2"])
  }

  @Test("a chain of thousands goes straight down from some depth on")
  func chain() {
    let ids = (0..<5_000).map { MigrationID(rawValue: "\(10_000 + $0)") }
    let rows = rows(ids, zip(ids.dropFirst(), ids).map { ($0, $1) })
    #expect(rows.rows.count == ids.count + 1)
    #expect(rows.rows.compactMap(\.migration) == ids)
  }

  @Test("is shown while the cursor is on a phase, and Enter goes from it to the migration")
  func screen() {
    var session = Session.ready(columns: 200, rows: 60)
    session.press(Key(.home), Key(.down), Key(.down), Key(.down), Key(.down))
    #expect(session.line(with: "└─○ 071_phase1_helix_user_context") != nil)
    session.press(Key(.tab), Key(.down), Key(.enter))
    #expect(session.state.shownMigration == "071_phase1_helix_user_context")
  }
}

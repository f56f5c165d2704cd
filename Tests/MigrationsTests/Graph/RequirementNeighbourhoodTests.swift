import Migrations
import Testing

@Suite("the neighbourhood of a migration")
struct RequirementNeighbourhoodTests {
  /// 1 ← 2 ← 3 ← 4 ← 5, and 3 needs 1 straight.
  private let graph = RequirementGraph(
    nodes: ["1", "2", "3", "4", "5"],
    requirements: Self.edges(("2", "1"), ("3", "2"), ("3", "1"), ("4", "3"), ("5", "4")))

  private static func edges(_ pairs: (MigrationID, MigrationID)...) -> [Requirement] {
    pairs.map { Requirement(from: $0.0, to: $0.1, reasons: []) }
  }

  private func outline(_ branches: [RequirementNeighbourhood.Branch]) -> [String] {
    branches.map { "\($0.distance) \($0.migration)" }
  }

  @Test("straight requirements are all there, open ones first; what is in is not followed")
  func applied() {
    let near = graph.neighbourhood(of: "3") { ["2", "4", "5"].contains($0) }
    #expect(outline(near.needs) == ["1 2", "1 1"])
    #expect(outline(near.neededBy) == ["1 4", "2 5"])
    let done = graph.neighbourhood(of: "4") { _ in false }
    #expect(outline(done.needs) == ["1 3"])
    #expect(outline(done.neededBy) == ["1 5"])
  }

  @Test("each migration comes once, as near as it is, with the edge that leads there")
  func once() throws {
    let near = graph.neighbourhood(of: "3") { _ in true }
    #expect(outline(near.needs) == ["1 1", "1 2"])
    #expect(near.needsCount == 2)
    let far = try #require(near.neededBy.last)
    #expect(far.requirement.from == "5")
    #expect(far.requirement.to == "4")
    #expect(far.isLast == [true, true])
  }

  @Test("branches know which of them is the last")
  func guides() {
    let graph = RequirementGraph(
      nodes: ["1", "2", "3", "4"], requirements: Self.edges(("2", "1"), ("3", "1"), ("4", "2")))
    let near = graph.neighbourhood(of: "1") { _ in true }
    #expect(near.neededBy.map(\.isLast) == [[false], [false, true], [true]])
  }

  @Test("it ends at cycles and at the distance that was asked for")
  func ends() {
    let circle = RequirementGraph(nodes: ["1", "2"], requirements: Self.edges(("1", "2"), ("2", "1")))
    #expect(outline(circle.neighbourhood(of: "1") { _ in true }.needs) == ["1 2"])
    let ids = (0..<5_000).map { MigrationID("\($0)") }
    let chain = RequirementGraph(
      nodes: ids, requirements: zip(ids.dropFirst(), ids).map { Requirement(from: $0, to: $1, reasons: []) })
    #expect(chain.neighbourhood(of: ids[4_000], maximumDistance: 3) { _ in true }.needs.count == 3)
  }

  @Test("a migration that is not in the graph has none")
  func unknown() {
    let near = graph.neighbourhood(of: "9") { _ in true }
    #expect(near.needs.isEmpty && near.neededBy.isEmpty)
  }
}

import Testing

@testable import Migrations

@Suite("The drawing of a graph")
struct GraphDrawingTests {
  private func drawing(
    _ needs: [(MigrationID, [MigrationID])], only subset: Set<MigrationID>? = nil, isASCII: Bool = false
  ) -> [String] {
    let graph = RequirementGraph(needs.map { migration($0.0, requires: $0.1) })
    return GraphDrawing(graph, only: subset, isASCII: isASCII).text()
  }

  @Test("a chain goes straight down")
  func chain() {
    #expect(drawing([("1", []), ("2", ["1"]), ("3", ["2"])]) == ["○ 1", "○ 2", "○ 3"])
  }

  @Test("branches leave a lane that goes on, and the last one ends it")
  func branches() {
    #expect(
      drawing([("1", []), ("2", ["1"]), ("3", ["1"]), ("4", ["1"])]) == [
        "○ 1",
        "├─○ 2",
        "├─○ 3",
        "○ 4",
      ])
  }

  @Test("a migration that needs several joins their lanes")
  func join() {
    #expect(
      drawing([("1", []), ("2", ["1"]), ("3", ["1"]), ("4", ["2", "3"])]) == [
        "○ 1",
        "├─○ 2",
        "○ │ 3",
        "○─┘ 4",
      ])
  }

  @Test("a branch crosses the lanes between")
  func crossing() {
    #expect(
      drawing([("1", []), ("2", ["1"]), ("3", ["1"]), ("4", ["2"]), ("5", ["3"]), ("6", ["1"])]) == [
        "○ 1",
        "├─○ 2",
        "├─│─○ 3",
        "│ ○ │ 4",
        "│   ○ 5",
        "○ 6",
      ])
  }

  @Test("glyphs under each other are always connected")
  func separateChains() {
    #expect(
      drawing([("1", []), ("2", ["1"]), ("3", []), ("4", ["3"])]) == [
        "○ 1",
        "○ 2",
        "  ○ 3",
        "  ○ 4",
      ])
  }

  @Test("migrations without requirements come last, apart from the others")
  func alone() {
    #expect(
      drawing([("1", []), ("2", []), ("3", ["2"]), ("4", [])]) == [
        "○ 2", "○ 3", "", "Without requirements:", "○ 1", "○ 4",
      ])
    #expect(drawing([("1", []), ("2", [])]) == ["○ 1", "○ 2"])
  }

  @Test("a part of the graph is drawn with what leads through the rest")
  func part() {
    #expect(drawing([("1", []), ("2", ["1"]), ("3", ["2"])], only: ["1", "3"]) == ["○ 1", "○ 3"])
  }

  @Test("plain characters will do")
  func ascii() {
    #expect(
      drawing([("1", []), ("2", ["1"]), ("3", ["1"]), ("4", ["2", "3"])], isASCII: true) == [
        "○ 1", "+-○ 2", "○ | 3", "○-' 4",
      ])
  }

  @Test("every migration has one line, whatever the graph", arguments: [10, 100, 400])
  func large(count: Int) {
    var generator = SystemRandomNumberGenerator()
    let needs = (0..<count).map { index -> (MigrationID, [MigrationID]) in
      let needed = (0..<min(index, 3)).map { _ in
        MigrationID("\(Int.random(in: 0..<index, using: &generator))")
      }
      return (MigrationID("\(index)"), needed)
    }
    let graph = RequirementGraph(needs.map { migration($0.0, requires: $0.1) })
    let drawing = GraphDrawing(graph)
    #expect(Set(drawing.lines.map(\.migration)) == Set(needs.map(\.0)))
    #expect(drawing.lines.count == count)
  }
}

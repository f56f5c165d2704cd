import Testing

@testable import Migrations

@Suite("The drawing of a graph")
struct GraphDrawingTests {
  private func drawing(
    _ needs: [(MigrationID, [MigrationID])], only subset: Set<MigrationID>? = nil, maximumLanes: Int = 10,
    isASCII: Bool = false
  ) -> [String] {
    let graph = RequirementGraph(needs.map { migration($0.0, requires: $0.1) })
    return GraphDrawing(graph, only: subset, maximumLanes: maximumLanes, isASCII: isASCII).text()
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

  @Test("where lanes are few, what is farthest away is named")
  func distant() {
    let needs: [(MigrationID, [MigrationID])] = [
      ("1_a", []), ("2_b", ["1_a"]), ("3_c", ["1_a"]), ("4_d", ["2_b"]), ("5_e", ["3_c", "4_d"]),
    ]
    #expect(drawing(needs) == ["○ 1_a", "├─○ 2_b", "○ │ 3_c", "│ ○ 4_d", "○─┘ 5_e"])
    #expect(drawing(needs, maximumLanes: 2) == ["○ 1_a", "├─○ 2_b", "○ │ 3_c", "│ ○ 4_d", "○─┘ 5_e"])
    #expect(
      drawing(needs, maximumLanes: 1) == ["○ 1_a", "├─○ 2_b", "○ 3_c", "  ○ 4_d  ← 2", "  ○ 5_e  ← 3"])
  }

  @Test("of many that are named only the first few are, the others are counted")
  func distantNames() {
    var needs: [(MigrationID, [MigrationID])] = (1...6).map { (MigrationID("\($0)"), []) }
    needs.append(("7", ["1", "2", "3", "4", "5", "6"]))
    #expect(drawing(needs, maximumLanes: 1, isASCII: true).last == "  ○ 7  <- 1 2 3 +2")
  }

  @Test("a drawing is never wider than its lanes", arguments: [1, 3, 8])
  func width(lanes: Int) {
    let needs = (0..<60).map { index -> (MigrationID, [MigrationID]) in
      (
        MigrationID("\(index)"),
        (0..<index).filter { (index * 7 + $0 * 3) % 5 == 0 }.map { MigrationID("\($0)") }
      )
    }
    let drawing = GraphDrawing(
      RequirementGraph(needs.map { migration($0.0, requires: $0.1) }), maximumLanes: lanes)
    #expect(drawing.lines.allSatisfy { $0.lanes(glyph: "○").count <= 2 * (lanes + 2) })
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

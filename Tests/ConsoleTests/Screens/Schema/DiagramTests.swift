import Display
import Schema
import Testing

@testable import Console

@Suite("the diagram of tables")
struct DiagramTests {
  /// A console with the diagram of a table open.
  private func session(_ table: String, columns: Int = 120, rows: Int = 36) throws -> Session {
    var session = SchemaFixture.session(columns: columns, rows: rows, catalog: DiagramFixture.catalog)
    session.press(.character("/"))
    session.type(table)
    session.press(Key(.enter))
    try #require(session.state.schema.list.current?.object?.name == table)
    session.press(Key(.escape), .character("e"))
    return session
  }

  @Test("a table stands between those that refer to it and those that it refers to")
  func neighbours() throws {
    let diagram = try #require(try session("workflows").state.diagram)
    func column(_ name: String) throws -> Int {
      let table = ObjectIdentity.table("public", name)
      return try #require(diagram.area(of: table)).column
    }
    #expect(diagram.table == .table("public", "workflows"))
    #expect(try column("workflow_versions") < column("workflows"))
    #expect(try column("workflow_executions") == column("workflow_versions"))
    #expect(try column("workflows") < column("users"))
    // Both refer to each other: what the table itself refers to stands at the right.
    #expect(try column("organizations") == column("users"))
    #expect(diagram.area(of: .table("public", "offers")) == nil)
    let text = diagram.text(.unicode)
    #expect(text.contains("│# id uuid"))
    #expect(text.contains("│  organization_id? uuid"))
    #expect(text.contains("▶│# id"))
  }

  @Test("the whole schema has every table once, what refers at the left of what is referred to")
  func schema() throws {
    var session = try session("workflows", columns: 200)
    session.press(.character("w"))
    let diagram = try #require(session.state.diagram)
    #expect(diagram.scope == .schema("public"))
    #expect(diagram.counts.tables == 10)
    #expect(diagram.layout.boxes.count == 10)
    let boxes = diagram.layout.boxes
    for (place, box) in boxes.enumerated() {
      for other in boxes.dropFirst(place + 1) {
        let apart =
          box.area.endColumn <= other.area.column || other.area.endColumn <= box.area.column
          || box.area.endRow <= other.area.row || other.area.endRow <= box.area.row
        #expect(apart, "\(box) and \(other)")
      }
    }
    let text = diagram.text(.unicode)
    #expect(text.contains("auth.users"))
    #expect(text.contains("manager_id? (itself)"))
    // One for each: preferences have their user's key.
    #expect(text.contains("# user_id"))
  }

  @Test("the cursor goes from box to box, and Enter to the table")
  func moving() throws {
    var session = try session("workflows")
    session.press(Key(.left))
    #expect(session.state.diagram?.table.name.hasPrefix("workflow_") == true)
    session.press(Key(.right))
    #expect(session.state.diagram?.table.name == "workflows")
    session.press(Key(.right))
    let first = try #require(session.state.diagram?.table)
    session.press(Key(.down), Key(.up), Key(.up))
    #expect(["users", "organizations"].contains(session.state.diagram?.table.name))
    session.press(Key(.down))
    let second = try #require(session.state.diagram?.table)
    #expect(Set([first.name, second.name]).isSubset(of: ["users", "organizations"]))
    session.press(Key(.enter))
    #expect(session.state.diagram == nil)
    #expect(session.state.schema.list.current?.object == second)
    session.press(.character("["))
    #expect(session.state.schema.list.current?.object?.name == "workflows")
  }

  @Test("e in the diagram draws the neighbours of the table under its cursor, Escape closes it")
  func recentring() throws {
    var session = try session("workflow_versions")
    session.press(Key(.right), .character("e"))
    #expect(session.state.diagram?.scope == .neighbours(.table("public", "workflows")))
    session.press(Key(.escape))
    #expect(session.state.overlays.isEmpty)
  }

  @Test("what has no room is scrolled to, and the box under the cursor is always in sight")
  func scrolling() throws {
    var session = try session("workflows", columns: 80, rows: 24)
    session.press(.character("w"))
    var seen: Set<String> = []
    for key in [Key(.home)] + Array(repeating: Key(.down), count: 12) + [Key(.end)]
      + Array(repeating: Key(.up), count: 3) + Array(repeating: Key(.left), count: 4)
      + Array(repeating: Key(.right), count: 4) + Array(repeating: Key(.pageUp), count: 4)
    {
      session.press(key)
      let diagram = try #require(session.state.diagram)
      let area = try #require(diagram.area(of: diagram.table))
      seen.insert(diagram.table.name)
      #expect(area.row >= diagram.top && area.endRow <= diagram.top + session.state.overlayHeight)
      #expect(area.column >= diagram.left && area.endColumn <= diagram.left + session.state.diagramColumns)
    }
    #expect(seen.count > 4)
  }

  @Test("Y copies the picture; a narrower terminal lays it out anew")
  func copying() throws {
    var session = try session("users")
    session.press(.character("Y"))
    guard case .copy(let text)? = session.effects.last else {
      Issue.record("nothing was copied")
      return
    }
    #expect(text.contains("╭ users ─"))
    let wide = try #require(session.state.diagram).layout.size.columns
    session.post(.resized(Size(columns: 60, rows: 20)))
    #expect(try #require(session.state.diagram).layout.size.columns <= wide)
  }

  @Test("a terminal without Unicode has the same picture in ASCII")
  func ascii() throws {
    let diagram = try #require(try session("workflows").state.diagram)
    let text = diagram.text(.ascii)
    let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
    #expect(isASCII)
    #expect(text.contains(">|# id"))
  }

  @Test("wires that meet nowhere lie on tracks of their own")
  func tracks() {
    func wire(_ number: Int, _ left: [Int], _ right: [Int]) -> DiagramLayout.Wire {
      DiagramLayout.Wire(
        key: .single(number), left: left.map { DiagramLayout.End(row: $0) },
        right: right.map { DiagramLayout.End(row: $0) }, tables: [])
    }
    // The second comes from the left in the row in which the first leaves for the right.
    let tracks = DiagramTracks([wire(0, [0], [5]), wire(1, [5], [9]), wire(2, [7], [7]), wire(3, [20], [22])])
    #expect(tracks.tracks[2] == nil)
    #expect(tracks.tracks[1].map { track in tracks.tracks[0].map { track < $0 } == true } == true)
    #expect(tracks.tracks[3] == 0)
  }

  @Test("looks as recorded", arguments: GoldenFrameTests.sizes)
  func golden(_ size: Size) throws {
    var session = try session("workflows", columns: size.columns, rows: size.rows)
    try expectGolden(session.frame, "diagram-\(size.columns)x\(size.rows)")
    session.press(.character("w"))
    try expectGolden(session.frame, "diagram-schema-\(size.columns)x\(size.rows)")
  }
}

import Testing

@testable import TOML

@Suite("Reading values of an expected type")
struct ReadingTests {
  private func root(_ text: String) throws -> TOMLTable { try TOMLDocument(parsing: text).root }

  @Test("an absent key reads as nil")
  func absent() throws {
    let table = try root("")
    #expect(try table.string("name") == nil)
    #expect(try table.tables("phase") == nil)
    #expect(try table.strings("list") == nil)
  }

  @Test("values of the expected type are read")
  func present() throws {
    let table = try root("s = 'x'\ni = 3\nf = 1.5\nb = true\nl = ['a', 'b']\n[t]\n[[a]]\n[[a]]")
    #expect(try table.string("s") == "x")
    #expect(try table.integer("i") == 3)
    #expect(try table.number("i") == 3)
    #expect(try table.number("f") == 1.5)
    #expect(try table.boolean("b") == true)
    #expect(try table.strings("l")?.map(\.text) == ["a", "b"])
    #expect(try table.table("t")?.entries.isEmpty == true)
    #expect(try table.tables("a")?.count == 2)
  }

  @Test("a value of another type is reported where it stands")
  func mismatch() throws {
    let table = try root("name = 3\nlist = ['a', 4]\n[phase]\n")
    #expect(throws: TOMLError(message: "`name` must be a string, but is an integer", line: 1, column: 8)) {
      try table.string("name")
    }
    #expect(
      throws: TOMLError(
        message: "`list` must be an array of strings, but this is an integer", line: 2, column: 14)
    ) { try table.strings("list") }
    #expect(
      throws: TOMLError(
        message: "`phase` must be written in double brackets: `[[phase]]`", line: 3, column: 2)
    ) { try table.tables("phase") }
  }

  @Test("an unknown key is reported with the known key that was probably meant")
  func unknownKeys() throws {
    let table = try root("requires = []\nrequire = []\nprioritie = 'x'\nzzz = 1")
    let errors = table.unknownKeys(known: ["requires", "priority", "purpose"])
    #expect(
      errors.map(\.message) == ["unknown key `require`", "unknown key `prioritie`", "unknown key `zzz`"])
    #expect(errors.map(\.suggestion) == ["requires", "priority", nil])
    #expect(errors.first?.position == TOMLPosition(line: 2, column: 1))
  }
}

@Suite("The nearest name")
struct NearestNameTests {
  @Test(
    "a near name is offered, a far one is not",
    arguments: [
      ("require", "requires"), ("Priority", "priority"), ("porpuse", "purpose"), ("desc", "description"),
      ("skpi", "skip"), ("xyz", nil), ("q", nil),
    ] as [(String, String?)])
  func nearest(name: String, expected: String?) {
    let known = ["requires", "priority", "purpose", "description", "skip"]
    #expect(NearestName.nearest(to: name, among: known) == expected)
  }

  @Test(
    "the distance counts insertions, deletions, replacements and swaps",
    arguments: [("", "", 0), ("abc", "", 3), ("abc", "abd", 1), ("abc", "acb", 1), ("kitten", "sitting", 3)])
  func distance(left: String, right: String, expected: Int) {
    #expect(NearestName.distance(Array(left), Array(right)) == expected)
  }
}

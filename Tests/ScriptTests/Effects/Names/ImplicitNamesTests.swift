import Schema
import Testing

@testable import Script

@Suite("Names that the server makes")
struct ImplicitNamesTests {
  @Test("the longer part is cut until the whole fits 63 bytes")
  func cut() {
    let name = ImplicitNames.objectName(
      String(repeating: "t", count: 60), String(repeating: "c", count: 40), "fkey")
    #expect(
      name == String(repeating: "t", count: 29) + "_" + String(repeating: "c", count: 28) + "_fkey")
    #expect(name.utf8.count == Identifier.maximumLength)
  }

  @Test("a character is never cut in two")
  func characters() {
    let name = ImplicitNames.objectName(String(repeating: "é", count: 40), nil, "pkey")
    #expect(name == String(repeating: "é", count: 29) + "_pkey")
  }

  @Test("a taken name gets a number")
  func numbers() {
    let taken: Set<String> = ["t_a_check", "t_a_check1"]
    #expect(ImplicitNames.firstFree("t", "a", "check") { taken.contains($0) } == "t_a_check2")
  }

  @Test("columns that come twice get a number")
  func columns() {
    #expect(ImplicitNames.indexColumns(["a", "expr", "a", "expr"]) == ["a", "expr", "a1", "expr1"])
  }
}

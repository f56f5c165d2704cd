import Postgres
import Testing

@Suite("An array literal")
struct ArrayLiteralTests {
  @Test(
    "reads back what it wrote",
    arguments: [[], ["a"], [nil], ["NULL", nil], ["", "a,b", "{", "say \"hi\"", "back\\slash", "naïve\n"]])
  func roundTrip(elements: [String?]) {
    #expect(ArrayLiteral.read(ArrayLiteral.write(elements)) == elements)
  }

  @Test("reads what the server writes")
  func serverForms() {
    #expect(ArrayLiteral.read("{public,\"My Table\",NULL}") == ["public", "My Table", nil])
    #expect(ArrayLiteral.read("[0:1]={a,b}") == ["a", "b"])
  }

  @Test("refuses what is no one-dimensional array", arguments: ["", "a", "{a", "{a,}", "{{a},{b}}", "{\"a}"])
  func refusal(text: String) {
    #expect(ArrayLiteral.read(text) == nil)
  }
}

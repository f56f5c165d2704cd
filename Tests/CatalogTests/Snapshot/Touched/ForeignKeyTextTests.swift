import Schema
import Testing

@testable import Catalog

@Suite("What a foreign key's definition points to")
struct ForeignKeyTextTests {
  @Test("is read with its names as they are")
  func plain() {
    let text = ForeignKeyText(
      "FOREIGN KEY (a, \"B) REFERENCES x\") REFERENCES shop.\"Odd \"\"one\"(id, \"C\") ON DELETE CASCADE")
    #expect(text?.table == .table("shop", "Odd \"one"))
    #expect(text?.columns == ["id", "C"])
  }

  @Test(
    "is left to the server where it is of another kind",
    arguments: [
      "FOREIGN KEY (a, PERIOD b) REFERENCES shop.one(id, PERIOD c)", "FOREIGN KEY (a) REFERENCES one(id)",
      "PRIMARY KEY (a)",
    ])
  func other(_ definition: String) { #expect(ForeignKeyText(definition) == nil) }
}

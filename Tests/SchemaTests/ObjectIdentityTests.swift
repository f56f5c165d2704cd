import Schema
import Testing

@Suite("Identities")
struct ObjectIdentityTests {
  private let column = ObjectIdentity.column("public", "users", "email")

  @Test("are equal if all their parts are, however they came about")
  func equality() {
    var made = ObjectIdentity(.table, name: "email")
    made.kind = .column
    made.schema = "public"
    made.parent = "users"
    #expect(made == column)
    #expect(Set([made, column]).count == 1)
    made.signature = "x"
    #expect(made != column)
    made.signature = nil
    made.name = "name"
    #expect(made != column)
  }

  @Test("that are changed leave their copies as they were")
  func copies() {
    var copy = column
    copy.schema = "other"
    #expect(column.schema == "public")
    #expect(copy.schema == "other" && copy.parent == "users" && copy.name == "email" && copy.kind == .column)
  }

  @Test("are not before themselves in order")
  func order() {
    let table = ObjectIdentity.table("public", "users")
    #expect(!(table < table))
    #expect(table < column && !(column < table))
  }
}

import Testing

@testable import Schema

@Suite("Kinds of objects")
struct ObjectKindTests {
  @Test("have the places in which they are listed")
  func places() {
    #expect(ObjectKind.allCases.map { Int($0.place) } == Array(ObjectKind.allCases.indices))
    #expect(Set(ObjectKind.allCases).count == ObjectKind.allCases.count)
  }

  @Test("of one table stand behind it, those of other tables behind these")
  func order() {
    let inOrder: [ObjectIdentity] = [
      ObjectIdentity(.schema, name: "public"), .table("app", "b"), .table("public", "a"),
      .index("public", "a"), .column("public", "a", "x"), .column("public", "a", "y"),
      .policy("public", "a", "a"), .table("public", "b"), .function("public", "f", ""),
      .function("public", "f", "integer"),
    ]
    #expect(inOrder.reversed().sorted() == inOrder)
  }
}

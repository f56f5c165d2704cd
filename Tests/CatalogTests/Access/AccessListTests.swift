import Testing

@testable import Catalog

@Suite("Access lists as the server writes them")
struct AccessListTests {
  @Test("name who holds what, and what may be handed on")
  func items() {
    let list = AccessList(["owner=ar*/owner", "=X/owner", "\"odd =\"\"/role\"=m/owner"])
    #expect(
      list?.items == [
        .init(privilege: "INSERT", grantee: "owner", isGrantable: false),
        .init(privilege: "SELECT", grantee: "owner", isGrantable: true),
        .init(privilege: "EXECUTE", grantee: "public", isGrantable: false),
        .init(privilege: "MAINTAIN", grantee: "odd =\"/role", isGrantable: false),
      ])
  }

  @Test("are none where an item is not one", arguments: ["owner", "\"owner=r/x", "*"])
  func broken(_ text: String) { #expect(AccessList([text]) == nil) }
}

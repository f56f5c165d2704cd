import Testing

@testable import Script

@Suite("Changes of a column's type")
struct TypeChangeTests {
  @Test(
    "leave the rows as they are where the new type reads the old bytes and takes every value",
    arguments: [
      ("character varying(20)", "character varying(40)"), ("character varying(20)", "text"),
      ("text", "character varying"), ("numeric(8,2)", "numeric(10,2)"), ("numeric(8,2)", "numeric"),
      ("timestamp(3) with time zone", "timestamp with time zone"), ("cidr", "inet"), ("uuid", "uuid"),
    ])
  func keeps(old: String, new: String) {
    #expect(TypeChange.keepsRows(from: old, to: new))
  }

  @Test(
    "write them anew everywhere else",
    arguments: [
      ("integer", "bigint"), ("text", "character varying(40)"),
      ("character varying(40)", "character varying(20)"),
      ("numeric(8,2)", "numeric(8,3)"), ("numeric(10,2)", "numeric(8,2)"), ("numeric", "numeric(8,2)"),
      ("timestamp with time zone", "timestamp(3) with time zone"), ("timestamp without time zone", "date"),
      ("text", "uuid"), ("inet", "cidr"),
    ])
  func writes(old: String, new: String) {
    #expect(!TypeChange.keepsRows(from: old, to: new))
  }

  @Test("a type that is not known may be anything")
  func unknown() {
    #expect(!TypeChange.keepsRows(from: nil, to: "text"))
  }
}

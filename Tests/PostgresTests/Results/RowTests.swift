import Postgres
import Testing

@Suite("A row")
struct RowTests {
  private let row = Rows(
    columns: ["n", "t", "b", "d", "a", "z"], [["7", "hé", "t", "1.5", "{x,NULL}", nil], ["8"]])[0]

  @Test("gives values by name and by position")
  func values() throws {
    #expect(try row.int("n") == 7)
    #expect(try row.text("t") == "hé")
    #expect(try row.bool("b"))
    #expect(try row.double("d") == 1.5)
    #expect(try row.array("a") == ["x", nil])
    #expect(row[0] == "7")
    #expect(row["z"] == nil)
    #expect(row[99] == nil)
    #expect(try row.optionalInt("z") == nil)
    #expect(row.bytes(1) == [0x68, 0xc3, 0xa9])
  }

  @Test("gives whole numbers by position, and none for what is no whole number")
  func wholeNumbers() {
    let texts = [
      "0", "-7", "42", "\(Int.max)", "\(Int.min)", "9223372036854775808", "", "-", "1.5", "+1", " 1", nil,
    ]
    let row = Rows(columns: texts.indices.map { "c\($0)" }, [texts])[0]
    #expect(
      texts.indices.map { row.int(at: $0) }
        == [0, -7, 42, .max, .min, nil, nil, nil, nil, nil, nil, nil])
    #expect(row.int(at: texts.count) == nil)
  }

  @Test("tells an absent column, a NULL and a wrong type apart")
  func failures() throws {
    let absent = try #require(throws: PostgresError.self) { try row.int("nope") }
    #expect(absent.message.contains("no column \"nope\""))
    let null = try #require(throws: PostgresError.self) { try row.int("z") }
    #expect(null.message == "column \"z\" is NULL where a value was expected")
    let wrong = try #require(throws: PostgresError.self) { try row.int("t") }
    #expect(wrong.message == "column \"t\" holds \"hé\", which is not a whole number")
    #expect([absent, null, wrong].allSatisfy { $0.code == .unexpectedValue })
    #expect(throws: PostgresError.self) { try row.optionalBool("n") }
  }

  @Test("of rows made for a test counts missing values as NULL")
  func missing() {
    let rows = Rows(columns: ["a", "b"], [["1"], ["2", "x", "surplus"]])
    #expect(rows.map { $0["b"] } == [nil, "x"])
    #expect(rows == Rows(columns: ["a", "b"], [["1", nil], ["2", "x"]]))
  }
}

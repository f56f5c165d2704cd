import Testing

@testable import TOML

@Suite("Values")
struct ValueTests {
  private func kind(_ text: String) throws -> TOMLValue.Kind? {
    try TOMLDocument(parsing: "key = \(text)\n").root["key"]?.kind
  }

  @Test(
    "integers are read in every base, with underscores",
    arguments: [
      ("0", 0), ("+99", 99), ("-17", -17), ("-0", 0), ("1_000", 1000), ("5_349_221", 5_349_221),
      ("0xDEAD_beef", 0xDEAD_BEEF), ("0o755", 0o755), ("0b1101", 0b1101),
      ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min), ("0x0001", 1),
    ] as [(String, Int64)])
  func integers(text: String, expected: Int64) throws {
    #expect(try kind(text) == .integer(expected))
  }

  @Test(
    "floats are read with fractions, exponents and underscores",
    arguments: [
      ("1.0", 1), ("+3.1415", 3.1415), ("-0.01", -0.01), ("5e+22", 5e22), ("1e06", 1e6), ("-2E-2", -0.02),
      ("6.626e-34", 6.626e-34), ("224_617.445_991", 224617.445991), ("inf", .infinity), ("-inf", -.infinity),
    ] as [(String, Double)])
  func floats(text: String, expected: Double) throws {
    #expect(try kind(text) == .float(expected))
  }

  @Test("not-a-number is a float", arguments: ["nan", "+nan", "-nan"])
  func notANumber(text: String) throws {
    guard case .float(let number) = try kind(text) else {
      Issue.record("not a float")
      return
    }
    #expect(number.isNaN)
  }

  @Test(
    "dates and times keep their text",
    arguments: [
      "1979-05-27T07:32:00Z", "1979-05-27T00:32:00-07:00", "1979-05-27T00:32:00.999999-07:00",
      "1979-05-27 07:32:00Z", "1979-05-27T07:32:00", "1979-05-27t00:32:00.5z", "1979-05-27", "07:32:00",
      "00:32:00.999999", "2024-02-29", "2000-02-29", "1990-12-31T23:59:60Z",
    ])
  func dates(text: String) throws {
    #expect(try kind(text) == .dateTime(text))
  }

  @Test(
    "what is no value of TOML is refused where it stands",
    arguments: [
      "010", "+01", "1__0", "_1", "1_", "0x", "0xG", "+0x1", "0X1", ".5", "5.", "1.e2", "1e", "1e5.0", "00.5",
      "1._5", "True", "NULL", "yes", "9223372036854775808", "2023-02-29", "1900-02-29", "2023-13-01",
      "2023-1-1", "24:00:00", "07:60:00", "07:32", "07:32:00Z", "1979-05-27T07:32:00+25:00",
      "1979-05-27T07:32:00.", "1979-05-27T", "1979-05-27T25:00:00", "٣", "010_abc",
    ])
  func invalid(text: String) throws {
    let error = #expect(throws: TOMLError.self) { try kind(text) }
    #expect(error?.position == TOMLPosition(line: 1, column: 7))
  }

  @Test("a version without quotes is explained")
  func versionAdvice() {
    let error = #expect(throws: TOMLError.self) { try kind("010") }
    #expect(error?.message.contains("in quotes if it is a version") == true)
  }

  @Test("an integer beyond 64 bits is named as such")
  func overflow() {
    let error = #expect(throws: TOMLError.self) { try kind("9223372036854775808") }
    #expect(error?.message == "`9223372036854775808` does not fit in 64 bits")
  }

  @Test("arrays may span lines, hold comments, mix kinds and end with a comma")
  func arrays() throws {
    guard case .array(let values) = try kind("[ # first\n  1,\n  \"two\", # second\n\n  [3.0],\r\n]") else {
      Issue.record("not an array")
      return
    }
    #expect(values.map(\.kindDescription) == ["an integer", "a string", "an array"])
    #expect(values[1].position == TOMLPosition(line: 3, column: 3))
  }

  @Test("an empty array and an empty inline table are values")
  func emptyContainers() throws {
    #expect(try kind("[]") == .array([]))
    guard case .table(let table) = try kind("{ }") else {
      Issue.record("not a table")
      return
    }
    #expect(table.entries.isEmpty)
  }

  @Test(
    "a broken array or inline table is refused",
    arguments: ["[1 2]", "[1,,2]", "[,]", "[1", "{a = 1,}", "{a = 1 b = 2}", "{a = 1,\nb = 2}", "{", "{a}"])
  func brokenContainers(text: String) {
    #expect(throws: TOMLError.self) { try kind(text) }
  }

  @Test("nesting that would exhaust the stack is refused")
  func nesting() throws {
    #expect(throws: TOMLError.self) { try kind(String(repeating: "[", count: 100_000)) }
    let deep = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
    #expect(try kind(deep) != nil)
    let key = Array(repeating: "a", count: 10_000).joined(separator: ".")
    #expect(throws: TOMLError.self) { try TOMLDocument(parsing: "\(key) = 1") }
  }
}

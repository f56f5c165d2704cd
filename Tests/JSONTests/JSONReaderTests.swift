import JSON
import Testing

@Suite("JSON text")
struct JSONReaderTests {
  @Test(
    "is read as what it says",
    arguments: [
      ("null", .null),
      (" true ", .boolean(true)),
      ("-7", .integer(-7)),
      ("1.5e2", .number(150)),
      (#""a \"b\" \\ \n \u00e9 \ud83d\ude00""#, "a \"b\" \\ \n é 😀"),
      ("[]", []),
      ("[1, [2], {}]", [1, [2], .object([])]),
      (#"{"z": 1, "a": null}"#, .object([.init("z", 1), .init("a", .null)])),
      ("\u{FEFF}[1]", [1]),
    ] as [(String, JSONValue)])
  func reads(text: String, value: JSONValue) {
    #expect(JSONReader.read(Array(text.utf8)) == value)
  }

  @Test(
    "is refused where it is none",
    arguments: [
      "", "nul", "[1", "[1,]", #"{"a"}"#, #"{"a":1,}"#, "1 2", #""a"#, "\"a\nb\"", #""\x""#, #""\ud83d""#,
      "+1",
    ])
  func refuses(text: String) {
    #expect(JSONReader.read(Array(text.utf8)) == nil)
  }

  @Test("is refused where it is nested more deeply than asked for")
  func depth() {
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    #expect(JSONReader.read(nested(200)) != nil)
    #expect(JSONReader.read(nested(201)) == nil)
    #expect(JSONReader.read(nested(5), maximumDepth: 5) != nil)
    #expect(JSONReader.read(nested(6), maximumDepth: 5) == nil)
    #expect(JSONReader.read(nested(100_000)) == nil)
  }

  @Test("is looked into by names and places")
  func access() {
    let value = JSONReader.read(Array(#"{"list": [{"name": "x", "count": 3}], "whole": 2.0}"#.utf8))
    #expect(value?["list"]?.elements?.first?["name"]?.stringValue == "x")
    #expect(value?["list"]?.elements?.first?["count"]?.integerValue == 3)
    #expect(value?["whole"]?.integerValue == 2)
    #expect(value?["none"] == nil)
    #expect(value?["list"]?["name"] == nil)
  }
}

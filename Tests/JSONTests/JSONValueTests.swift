import JSON
import Testing

@Suite("JSON values")
struct JSONValueTests {
  @Test(
    "are written on one line",
    arguments: [
      (.null, "null"),
      (.boolean(true), "true"),
      (.integer(-7), "-7"),
      (.number(1.5), "1.5"),
      (.number(3), "3"),
      (.number(.infinity), "null"),
      (.string("a \"quoted\" \\ line\nend\u{1}"), #""a \"quoted\" \\ line\nend\u0001""#),
      (.array([]), "[]"),
      (.array(["a", nil, .array([1])]), #"["a",null,[1]]"#),
      (.object([.init("z", 1), .init("a", .object([]))]), #"{"z":1,"a":{}}"#),
    ] as [(JSONValue, String)])
  func oneLine(value: JSONValue, text: String) {
    #expect(value.text == text)
  }

  @Test("are written over several lines, members in their order")
  func indented() {
    let value: JSONValue = ["z": [1, 2], "a": ["b": "c"], "empty": []]
    #expect(
      value.indentedText == """
        {
          "z": [
            1,
            2
          ],
          "a": {
            "b": "c"
          },
          "empty": []
        }
        """)
  }
}

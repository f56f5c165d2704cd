import Display
import Script
import Testing

@testable import Console

@Suite("wording")
struct WordingTests {
  @Test(
    "durations are in units that people read",
    arguments: [
      (0.04, "0.0 ms"), (0.44, "0.4 ms"), (3, "3 ms"), (12.4, "12 ms"), (999.4, "999 ms"), (999.6, "1.0 s"),
      (1_240, "1.2 s"), (59_900, "59.9 s"), (59_960, "1 min 00 s"), (125_000, "2 min 05 s"),
      (3_720_000, "1 h 02 min"), (-5, "0.0 ms"), (.infinity, "0.0 ms"), (.nan, "0.0 ms"),
    ])
  func durations(_ milliseconds: Double, _ expected: String) {
    #expect(Amounts.duration(milliseconds: milliseconds) == expected)
  }

  @Test("times are the operator's own")
  func clock() {
    #expect(Amounts.clock(1_794_571_469, secondsFromUTC: 0) == "12:04:29")
    #expect(Amounts.clock(1_794_571_469, secondsFromUTC: 3_600) == "13:04:29")
    #expect(Amounts.clock(0, secondsFromUTC: -3_600) == "23:00:00")
  }

  @Test(
    "a statement is summed up in one line, a block by what it does",
    arguments: [
      ("CREATE TABLE t (\n  id uuid\n)", "CREATE TABLE", "CREATE TABLE t ( id uuid )"),
      (
        "DO $$\nBEGIN\n  IF NOT EXISTS (SELECT 1) THEN\n    ALTER TABLE t ADD c int;\n  END IF;\nEND $$",
        "DO",
        "DO … ALTER TABLE t ADD c int; END IF; END $$"
      ),
      ("DO $$ BEGIN NULL; END $$", "DO", "DO $$ BEGIN NULL; END $$"),
    ])
  func summaries(_ text: String, _ tag: String, _ expected: String) {
    let statement = Statement(
      index: 0, text: text, byteRange: 0..<text.utf8.count, position: SourcePosition(line: 1, column: 1),
      tag: tag)
    #expect(statement.summary == expected)
  }

  @Test("a statement of a megabyte costs no more than a line")
  func longStatement() {
    let text = "INSERT INTO t VALUES " + String(repeating: "(1), ", count: 200_000)
    let statement = Statement(
      index: 0, text: text, byteRange: 0..<text.utf8.count, position: SourcePosition(line: 1, column: 1),
      tag: "INSERT")
    #expect(statement.summary.unicodeScalars.count < 1_000)
  }

  @Test("an excerpt stands the caret under the character that the server counted")
  func excerpt() throws {
    let text = "SELECT 1,\n\t日本 FROM nowhere\nWHERE true"
    let position = text.unicodeScalars.distance(
      from: text.startIndex, to: try #require(text.unicodeScalars.firstIndex(of: "w")))
    let excerpt = try #require(Excerpt(of: text, position: position - 1))
    #expect(excerpt.lines.map(\.string) == ["SELECT 1,", "    日本 FROM nowhere", "WHERE true"])
    #expect(excerpt.caretIndex == 1)
    #expect(excerpt.caretColumn == 14)
    #expect(Excerpt(of: text, position: 0) == nil)
    #expect(Excerpt(of: text, position: 999) == nil)
    #expect(Excerpt(of: "SELECT", position: 7)?.caretColumn == 6)
  }
}

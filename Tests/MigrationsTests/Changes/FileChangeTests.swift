import Script
import Testing

@testable import Migrations

@Suite("What became of a file since it ran")
struct FileChangeTests {
  private func change(_ old: String, _ new: String) -> FileChange {
    FileChange(ran: ScriptParser.parse(old).statements.map(\.text), file: ScriptParser.parse(new))
  }

  @Test("comments, white space and spelling are no change of what it says")
  func comments() {
    #expect(
      change(
        "CREATE TABLE a (x int);\nSELECT 1;",
        "-- the first table\nCREATE TABLE a (\n  x integer -- a number\n);\n\nselect 1;") == .commentsOnly)
  }

  @Test("statements behind, before and between what ran are additive")
  func additive() {
    let old = "CREATE TABLE a (x int);\nCREATE TABLE b (x int);"
    #expect(change(old, old + "\nCREATE TABLE c (x int);") == .additive(added: [2]))
    #expect(
      change(old, "SET x.y = 1; CREATE TABLE a (x int);\nSELECT 1;\nCREATE TABLE b (x int);")
        == .additive(added: [0, 2]))
  }

  @Test("a statement that is gone, different or in another place contradicts what ran")
  func contradictory() {
    let old = "CREATE TABLE a (x int);\nCREATE TABLE b (x int);"
    #expect(change(old, "CREATE TABLE a (x int);") == .contradictory(removed: [1], added: []))
    #expect(
      change(old, "CREATE TABLE a (x text);\nCREATE TABLE b (x int);")
        == .contradictory(removed: [0], added: [0]))
    guard case .contradictory = change(old, "CREATE TABLE b (x int);\nCREATE TABLE a (x int);") else {
      Issue.record("another order is another file")
      return
    }
  }

  @Test("what the history has not kept, and data that a script does not hold, cannot be told")
  func unknown() {
    guard case .unknown = FileChange(ran: nil, file: ScriptParser.parse("SELECT 1")) else {
      Issue.record("nothing is known of what ran")
      return
    }
    guard case .unknown = change("COPY a FROM STDIN;\n1\n\\.\n", "COPY a FROM STDIN;\n2\n\\.\n") else {
      Issue.record("the data is another")
      return
    }
  }

  @Test("the words name the lines that did not run")
  func words() {
    let file = ScriptParser.parse("SELECT 1;\nSELECT 2;\n\nSELECT 3;")
    let added = FileChange(ran: ["SELECT 1"], file: file)
    #expect(added.words(in: file) == "2 statements came to it (lines 2, 4) and did not run")
    let other = FileChange(ran: ["SELECT 1", "SELECT 2", "SELECT 4"], file: file)
    #expect(
      other.words(in: file) == "1 statement that ran is gone or different, 1 statement did not run (line 4)")
  }
}

@Suite("The difference of two texts")
struct LineDifferenceTests {
  private func text(_ old: [String], _ new: [String]) -> String {
    LineDifference(from: old, to: new).lines.map { line in
      switch line.kind {
      case .kept: " " + line.text
      case .removed: "-" + line.text
      case .added: "+" + line.text
      case .gap: "…"
      }
    }.joined(separator: "\n")
  }

  @Test("shows what differs with two lines around it")
  func around() {
    let old = (1...12).map(String.init)
    var new = old
    new[5] = "six"
    new.append("13")
    #expect(text(old, new) == " 4\n 5\n-6\n+six\n 7\n 8\n…\n 11\n 12\n+13")
  }

  @Test("is empty where nothing differs, and whole where everything does")
  func ends() {
    #expect(text(["a"], ["a"]).isEmpty)
    #expect(text(["a"], []) == "-a")
    #expect(text([], ["a"]) == "+a")
    #expect(text(["a"], ["b"]) == "-a\n+b")
  }
}

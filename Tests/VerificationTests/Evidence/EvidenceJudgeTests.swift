import Migrations
import Schema
import Script
import Testing
import Verification

@Suite("Evidence")
struct EvidenceJudgeTests {
  @Test("what a migration made proves it, each object by itself")
  func creation() {
    let files = [
      migration(
        "001", [creates(table("a")), creates(column("a", "x"))], [creates(index("i", on: "a", ["x"]))])
    ]
    #expect(summary(files, []) == "001 0/3")
    #expect(summary(files, [table("a"), column("a", "x")]) == "001 2/3")
    #expect(summary(files, [table("a"), column("a", "x"), index("i", on: "a", ["x"])]) == "001 3/3")
  }

  @Test("items stand in the order of the file, with their statement's position")
  func order() throws {
    let files = [migration("001", [creates(table("b"))], [creates(table("a"))])]
    let items = try #require(EvidenceJudge(migrations: files).evidence(in: Snapshot())["001"]?.items)
    #expect(items.map(\.object.name) == ["b", "a"])
    #expect(items.map(\.position?.line) == [1, 2])
    #expect(items.map(\.verdict) == [.missing, .missing])
  }

  @Test(
    "an object made by one, altered by another and dropped by a third proves the first two until the third is in"
  )
  func life() {
    let (kept, lost) = (table("kept"), table("lost"))
    let narrow = column("lost", "x", "integer")
    let wide = column("lost", "x", "bigint")
    let files = [
      migration("004", [creates(kept)], [creates(lost), creates(narrow)]),
      migration("010", [alters(narrow, "TYPE bigint")]),
      migration("031", [drops(lost)]),
    ]
    #expect(summary(files, []) == "004 0/3, 010 0/1, 031 0/1")
    #expect(summary(files, [kept, lost, narrow]) == "004 3/3, 010 0/1, 031 0/1")
    #expect(summary(files, [kept, lost, wide]) == "004 3/3, 010 1/1, 031 0/1")
    #expect(summary(files, [kept]) == "004 1/1, 010 -, 031 1/1")
  }

  @Test("what an earlier file made, and IF NOT EXISTS finds there, proves nothing for the later")
  func repetition() {
    let files = [
      migration("001", [creates(table("a")), creates(column("a", "x"))]),
      migration(
        "002", [creates(table("a"), when: .ifNotExists), creates(column("a", "y"), when: .ifNotExists)]),
      migration("003", [creates(column("a", "x"), when: .ifNotExists)]),
    ]
    #expect(summary(files, [table("a"), column("a", "x")]) == "001 2/2, 002 -, 003 -")
  }

  @Test("a function replaced by itself proves nothing, replaced by another body it does")
  func replacement() {
    let files = [
      migration("001", [creates(function("f", body: "SELECT 1"))]),
      migration("002", [creates(function("f", body: "SELECT 1"), when: .orReplace)]),
      migration("003", [creates(function("f", body: "SELECT 2"), when: .orReplace)]),
    ]
    #expect(summary(files, [function("f", body: "SELECT 1")]) == "001 1/1, 002 -, 003 0/1")
    #expect(summary(files, [function("f", body: "SELECT 2")]) == "001 1/1, 002 -, 003 1/1")
    #expect(
      verdicts("003", files, [function("f", body: "SELECT 1")]) == [.differs("its body is still that of 001")]
    )
    #expect(
      verdicts("003", files, [function("f", body: "SELECT 9")])
        == [.differs("its body is none that the files give it")])
  }

  @Test("a policy dropped and made anew proves the later file by its expression, as the server writes it")
  func policies() {
    let old = policy("own", on: "a", using: "instance_key = 'k'")
    let new = policy("own", on: "a", using: "auth.uid() = user_id")
    let files = [
      migration("001", [creates(old)]), migration("002", [drops(old, when: .ifExists)], [creates(new)]),
    ]
    let oldOnServer = policy("own", on: "a", using: "(instance_key = 'k'::text)")
    let newOnServer = policy("own", on: "a", using: "(auth.uid() = a.user_id)")
    #expect(summary(files, [oldOnServer]) == "001 1/1, 002 0/1")
    #expect(summary(files, [newOnServer]) == "001 1/1, 002 1/1")
  }

  @Test("a policy whose expression resembles none of the files' proves only that it is there")
  func unknownExpression() {
    let files = [
      migration("001", [creates(policy("own", on: "a", using: "a"))]),
      migration(
        "002", [drops(policy("own", on: "a", using: "a"))], [creates(policy("own", on: "a", using: "b"))]),
    ]
    #expect(summary(files, [policy("own", on: "a", using: "something else")]) == "001 1/1, 002 -")
  }

  @Test("a column's type, nullability and default are compared")
  func columns() {
    let made = column("a", "x", "integer", isNullable: false)
    let files = [
      migration("001", [creates(made)]), migration("002", [alters(made, "DROP NOT NULL")]),
      migration("003", [alters(made, "SET DEFAULT 'sad'")]),
    ]
    #expect(summary(files, [made]) == "001 1/1, 002 0/1, 003 0/1")
    #expect(summary(files, [column("a", "x", "integer")]) == "001 1/1, 002 1/1, 003 0/1")
    #expect(
      summary(files, [column("a", "x", "integer", default: "'sad'::public.mood")])
        == "001 1/1, 002 1/1, 003 1/1")
    #expect(verdicts("002", files, [made]) == [.differs("it is NOT NULL and should accept NULL")])
    #expect(
      verdicts("001", [files[0]], [column("a", "x", "text", isNullable: false)])
        == [.differs("its type is text, not integer")])
  }

  @Test("a table that goes takes its columns, indexes and policies along")
  func cascade() {
    let objects = [
      table("a"), column("a", "x"), index("i", on: "a", ["x"]), policy("p", on: "a", using: "true"),
    ]
    let files = [
      migration("001", [creates(table("z"))], objects.map { creates($0) }),
      migration("002", [creates(table("b"))], [drops(table("a"))]),
    ]
    #expect(summary(files, [table("z")] + objects) == "001 5/5, 002 0/2")
    #expect(summary(files, [table("z"), table("b")]) == "001 1/1, 002 2/2")
  }

  @Test("a column that goes takes the indexes and constraints on it along")
  func columnCascade() {
    let objects = [table("a"), column("a", "x"), column("a", "y"), index("i", on: "a", ["x"])]
    let files = [
      migration("001", [creates(table("z"))], objects.map { creates($0) }),
      migration("002", [drops(objects[1])]),
    ]
    #expect(summary(files, [table("z"), table("a"), column("a", "y")]) == "001 3/3, 002 1/1")
  }

  @Test("a renamed table is evidence under its new name, with what belongs to it")
  func rename() {
    let files = [
      migration("001", [creates(table("old")), creates(column("old", "x"))]),
      migration(
        "002",
        [drops(table("old")), Effect(.creates, table("new").identity, renamedFrom: table("old").identity)]),
    ]
    #expect(summary(files, [table("old"), column("old", "x")]) == "001 2/2, 002 0/2")
    #expect(summary(files, [table("new"), column("new", "x")]) == "001 -, 002 2/2")
  }

  @Test("made, dropped and made again: without other signs nobody can tell, and nobody does")
  func ambiguity() {
    let x = table("x")
    let files = [
      migration("001", [creates(x)]), migration("002", [drops(x)]), migration("003", [creates(x)]),
    ]
    #expect(summary(files, [x]) == "001 -, 002 -, 003 -")
    #expect(summary(files, []) == "001 -, 002 -, 003 0/1")
  }

  @Test("made, dropped and made again: other objects of the same migrations tell")
  func resolution() {
    let x = table("x")
    let (a, b, c) = (table("a"), table("b"), table("c"))
    let files = [
      migration("001", [creates(x), creates(a)]), migration("002", [drops(x), creates(b)]),
      migration("003", [creates(x), creates(c)]),
    ]
    #expect(summary(files, []) == "001 0/2, 002 0/2, 003 0/2")
    #expect(summary(files, [x, a]) == "001 2/2, 002 0/2, 003 0/1")
    #expect(summary(files, [a, b]) == "001 1/1, 002 2/2, 003 0/2")
    #expect(summary(files, [x, a, b, c]) == "001 1/1, 002 1/1, 003 2/2")
  }

  @Test("rows alone prove nothing")
  func rowsOnly() {
    let files = [
      migration("001", [creates(table("a"))]), migration("002", [Effect(.uses, table("a").identity)]),
    ]
    #expect(summary(files, [table("a")]) == "001 1/1, 002 -")
  }

  @Test("what happens only under an unknown condition proves something only where it has happened")
  func guarded() {
    let files = [
      migration("001", [creates(table("a")), creates(table("b"), when: .guarded("if it is Tuesday"))])
    ]
    #expect(summary(files, [table("a")]) == "001 1/1")
    #expect(summary(files, [table("a"), table("b")]) == "001 2/2")
  }
}

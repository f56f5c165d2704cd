import Migrations
import Schema
import Script
import Testing
import Verification

@Suite("Evidence after changes made by hand, and of what has just run")
struct EvidenceByHandTests {
  @Test("a function that somebody changed by hand is held against the migration that defined it last")
  func changedByHand() {
    let files = [
      migration("001", [creates(function("f", body: "SELECT 1")), creates(table("a"))]),
      migration("002", [creates(function("f", body: "SELECT 2"), when: .orReplace), creates(table("b"))]),
    ]
    var changed = function("f", body: "SELECT 2")
    changed.detail = .function(FunctionDetail(language: "sql", isSecurityDefiner: true))
    let objects = [table("a"), table("b"), changed]
    #expect(verdicts("001", files, objects) == [.found, .found])
    #expect(
      verdicts("002", files, objects) == [
        .differs("its language, volatility or SECURITY is another"), .found,
      ])
  }

  @Test(
    "an object that somebody took away by hand is missed by the migration that made it, not by the others")
  func removedByHand() {
    let files = [
      migration("001", [creates(table("a")), creates(table("b")), creates(table("c")), creates(table("d"))]),
      migration("002", [creates(table("e"))], [drops(table("d"))]),
    ]
    #expect(summary(files, [table("a"), table("c"), table("e")]) == "001 2/3, 002 2/2")
  }

  @Test("a drop that did not happen is missed by the migration that drops")
  func notDropped() {
    let files = [
      migration("001", [creates(table("a"))]),
      migration("002", [creates(table("b")), creates(table("c")), creates(table("d"))], [drops(table("a"))]),
    ]
    #expect(summary(files, [table("a"), table("b"), table("c"), table("d")]) == "001 -, 002 3/4")
  }

  @Test("a migration that has just run is held to all of its objects")
  func justRun() {
    let x = table("x")
    let files = [
      migration("001", [creates(x)]), migration("002", [drops(x)]), migration("003", [creates(x)]),
    ]
    #expect(summary(files, [x], applied: ["003"]) == "001 -, 002 -, 003 1/1")
    #expect(summary(files, [], applied: ["003"]) == "001 -, 002 -, 003 0/1")
  }

  @Test("skipped and archived migrations have no part in it")
  func skipped() {
    let files = [
      migration("001", place: .skipped, [creates(table("a"))]), migration("002", [creates(table("a"))]),
    ]
    #expect(summary(files, [table("a")]) == "001 -, 002 1/1")
  }
}

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

  @Test(
    "what is made only where its table is there is not missed once somebody has taken the table away",
    arguments: [
      """
      DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['a', 'b'] LOOP
        CONTINUE WHEN NOT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tablename = t);
        EXECUTE format('ALTER TABLE public.%I ADD COLUMN x int', t); END LOOP; END $$
      """,
      """
      DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['a', 'b'] LOOP
        IF to_regclass('public.' || t) IS NULL THEN CONTINUE; END IF;
        EXECUTE format('ALTER TABLE public.%I ADD COLUMN x int', t); END LOOP; END $$
      """,
      "ALTER TABLE a ADD COLUMN x int; ALTER TABLE IF EXISTS b ADD COLUMN x int",
    ])
  func hostRemovedByHand(text: String) {
    let files = [
      parsed("001", "CREATE TABLE a (); CREATE TABLE b (); CREATE TABLE c (); CREATE TABLE d ()"),
      parsed("002", text),
    ]
    let left = [table("a"), table("c"), table("d")]
    #expect(summary(files, left) == "001 3/4, 002 0/2")
    #expect(summary(files, left + [column("a", "x")]) == "001 3/4, 002 1/1")
    #expect(summary(files, left, applied: ["001", "002"]) == "001 3/4, 002 0/1")
    let evidence = EvidenceJudge(migrations: files).evidence(in: Snapshot(objects: left))["002"]
    #expect(evidence?.ofWhatRan.items.map(\.object) == [.column("public", "a", "x")])
  }

  @Test("a table that was to be renamed if it is there, and was taken away, is not missed under its new name")
  func renamedHostRemovedByHand() {
    let files = [
      parsed("001", "CREATE TABLE a (); CREATE TABLE b ()"),
      parsed("002", "ALTER TABLE IF EXISTS b RENAME TO c; CREATE TABLE d ()"),
    ]
    #expect(summary(files, [table("a"), table("d")]) == "001 1/1, 002 2/2")
    #expect(summary(files, [table("a"), table("c"), table("d")]) == "001 1/1, 002 3/3")
    #expect(summary(files, [table("a"), table("b")]) == "001 2/2, 002 0/3")
  }

  @Test("skipped and archived migrations have no part in it")
  func skipped() {
    let files = [
      migration("001", place: .skipped, [creates(table("a"))]), migration("002", [creates(table("a"))]),
    ]
    #expect(summary(files, [table("a")]) == "001 -, 002 1/1")
  }
}

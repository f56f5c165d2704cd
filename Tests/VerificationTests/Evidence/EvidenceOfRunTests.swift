import Migrations
import Schema
import Testing
import Verification

@Suite("The evidence of a migration while it runs")
struct EvidenceOfRunTests {
  private let narrow = column("lost", "x", "integer")
  private let wide = column("lost", "x", "bigint")

  private var files: [Migration] {
    [
      migration("001", [creates(table("kept"))], [creates(table("lost")), creates(narrow)]),
      migration("002", [alters(narrow, "TYPE bigint")]), migration("003", [drops(table("lost"))]),
      migration("004", [creates(index("i", on: "kept", ["a"]))]),
    ]
  }

  @Test("from what it touches is what the whole catalog gives, one migration after the other")
  func sameAsWhole() {
    let judge = EvidenceJudge(migrations: files)
    let run = EvidenceOfRun(judge, applied: [])
    let steps: [(MigrationID, whole: [SchemaObject], touched: [SchemaObject])] = [
      ("001", [table("kept"), table("lost"), narrow], [table("kept"), table("lost"), narrow]),
      ("002", [table("kept"), table("lost"), wide], [table("lost"), wide]), ("003", [table("kept")], []),
      (
        "004", [table("kept"), index("i", on: "kept", ["a"])], [table("kept"), index("i", on: "kept", ["a"])]
      ),
    ]
    for (id, whole, touched) in steps {
      let expected = judge.evidence(in: Snapshot(objects: whole), applied: [id])[id]
      let evidence = run.evidence(of: id, in: Snapshot(objects: touched))
      #expect(evidence == expected)
      #expect(evidence.found == evidence.expected && evidence.expected > 0)
    }
  }

  @Test("says what is not as it should be")
  func missing() {
    let run = EvidenceOfRun(EvidenceJudge(migrations: files), applied: ["001"])
    let evidence = run.evidence(of: "002", in: Snapshot(objects: [table("lost"), narrow]))
    #expect(evidence.items.map(\.verdict) == [.differs("its type is integer, not bigint")])
    #expect(
      run.evidence(of: "003", in: Snapshot(objects: [table("lost")])).items.map(\.verdict) == [.missing])
    #expect(run.evidence(of: "999", in: Snapshot()).isInconclusive)
  }
}

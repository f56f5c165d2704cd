import Migrations
import Schema
import Script
import Testing

@testable import Console

@Suite("evidence by relation")
struct EvidenceGroupTests {
  private func item(_ object: ObjectIdentity, _ verdict: EvidenceItem.Verdict = .found) -> EvidenceItem {
    EvidenceItem(object: object, action: .creates, verdict: verdict)
  }

  @Test(
    "what belongs to a table stands under it, an index by the statement that makes it; what is wrong comes first"
  )
  func groups() {
    let index = ObjectIdentity.index("public", "idx")
    let statement = Statement(
      index: 0, text: "", byteRange: 0..<0, position: SourcePosition(line: 1, column: 1), tag: "CREATE INDEX",
      effects: [Effect(.creates, index)],
      locks: [LockForecast(mode: .share, relation: .table("public", "b"))])
    let evidence = Evidence(items: [
      item(.table("public", "a")), item(.column("public", "a", "x")), item(.table("public", "b")),
      item(.function("public", "f", "uuid")), item(index, .missing), item(.policy("auth", "c", "own")),
    ])
    let groups = EvidenceGroup.groups(of: evidence, statements: [statement])
    #expect(groups.map(\.name) == ["b", "a", "functions", "auth.c"])
    #expect(groups.map(\.found) == [1, 2, 1, 1])
    #expect(groups[0].items.map(\.object.name) == ["idx", "b"])
    #expect(EvidenceGroup.groups(of: evidence, statements: []).map(\.name).contains("indexes"))
  }

  @Test(
    "kinds have a plural",
    arguments: [
      (ObjectKind.policy, "policies"), (.index, "indexes"), (.function, "functions"),
      (.statistics, "statistics"),
    ])
  func plural(_ kind: ObjectKind, _ word: String) {
    #expect(kind.plural == word)
  }
}

import Schema
import Script
import Testing

@testable import Migrations

@Suite("What repair would do")
struct RepairPlannerTests {
  private static let a = ObjectIdentity.table("public", "a")
  private static let b = ObjectIdentity.index("public", "b")

  private func repair(
    _ state: HistoryEntry.State?, done: Int = 0, total: Int = 2,
    evidence verdicts: [EvidenceItem.Verdict], ran: [String]? = nil, isInProject: Bool = true,
    unusable: Set<ObjectIdentity> = [], forgetsMissing: Bool = false
  ) -> Repair? {
    var file = migration("001_a")
    file.script = ScriptParser.parse("SELECT 1; SELECT 2")
    file.checksum = "new"
    let project = Project(name: "p", root: "/p", migrations: isInProject ? [file] : [])
    let entry = state.map {
      HistoryEntry(
        id: "001_a", checksum: ran == nil ? "new" : "old", state: $0, statementsDone: done,
        statementsTotal: total, statements: ran)
    }
    let items = zip([Self.a, Self.b], verdicts).map {
      EvidenceItem(object: $0, action: .creates, verdict: $1)
    }
    let statuses = StateJudge.statuses(
      of: project, history: History(entries: entry.map { ["001_a": $0] } ?? [:]),
      evidence: ["001_a": Evidence(items: items)])
    let repairs = RepairPlanner(project, unusable: unusable, forgetsMissing: forgetsMissing)
      .repairs(statuses)
    #expect(repairs.count < 2)
    return repairs.first
  }

  @Test("nothing where history, file and catalog agree")
  func consistent() {
    #expect(repair(.applied, evidence: [.found, .found]) == nil)
    #expect(repair(nil, evidence: [.missing, .missing]) == nil)
    #expect(repair(.reverted, evidence: [.missing]) == nil)
    #expect(repair(.retired, evidence: [.found]) == nil)
  }

  @Test("a changed file is realigned, and against the catalog only if the operator insists")
  func changed() {
    let comments = repair(.applied, evidence: [.found], ran: ["select 1", "select 2"])
    #expect(comments?.problem == .changed)
    #expect(comments?.action == .realign)
    #expect(comments?.isContradicted == false)
    let added = repair(.applied, evidence: [.found], ran: ["select 1"])
    #expect(added?.isContradicted == false)
    #expect(added?.reason.contains("all that the file makes is there") == true)
    let missing = repair(.adopted, evidence: [.found, .missing], ran: ["select 1"])
    #expect(missing?.isContradicted == true)
    #expect(missing?.reason.contains("index public.b") == true)
  }

  @Test(
    "a changed file whose object is there otherwise is against the catalog, as one whose object is missing")
  func changedAgainstTheCatalog() {
    let differing = repair(
      .applied, evidence: [.differs("its type is integer, not bigint"), .found], ran: ["select 1"])
    #expect(differing?.isContradicted == true)
    #expect(
      differing?.reason.contains("not everything is there as the file makes it: table public.a") == true)
  }

  @Test("an interrupted migration is not done while an object is there otherwise than it makes it")
  func interruptedWithDifference() {
    let half = repair(.running, done: 1, evidence: [.found, .differs("its definition is another")])
    #expect(half?.action == .settle(.failed, statementsDone: 1))
    #expect(half?.reason.hasPrefix("1 of 2 objects are as they should be, not index public.b") == true)
  }

  @Test("the row of a missing file is kept as a trace, or removed where that is asked for")
  func missing() {
    #expect(
      repair(.applied, done: 2, evidence: [], isInProject: false)?.action
        == .settle(.retired, statementsDone: 2))
    #expect(repair(.applied, evidence: [], isInProject: false, forgetsMissing: true)?.action == .remove)
  }

  @Test("an interrupted migration is settled by what is there")
  func interrupted() {
    #expect(
      repair(.running, done: 1, evidence: [.found, .found])?.action == .settle(.applied, statementsDone: 2))
    #expect(repair(.running, evidence: [.missing, .missing])?.action == .remove)
    #expect(
      repair(.running, done: 1, evidence: [.found, .missing])?.action == .settle(.failed, statementsDone: 1))
    #expect(
      repair(.running, done: 1, evidence: [.missing, .missing])?.action
        == .settle(.failed, statementsDone: 1))
  }

  @Test("where nothing can be looked up, the statements that are recorded as done decide")
  func inconclusive() {
    #expect(repair(.running, done: 2, evidence: [])?.action == .settle(.applied, statementsDone: 2))
    #expect(repair(.running, done: 0, evidence: [])?.action == .settle(.failed, statementsDone: 0))
    #expect(repair(.failed, done: 1, evidence: [])?.action == .nothing)
  }

  @Test("an index that was left invalid counts as missing, and has to be dropped")
  func invalidIndex() {
    let repair = repair(.running, done: 1, evidence: [.found, .found], unusable: [Self.b])
    #expect(repair?.action == .settle(.failed, statementsDone: 1))
    #expect(repair?.reason.contains("drop index public.b first") == true)
  }

  @Test("a failed migration is left to the next run, unless all or nothing of it is there")
  func failed() {
    #expect(
      repair(.failed, done: 1, evidence: [.found, .found])?.action == .settle(.applied, statementsDone: 2))
    #expect(repair(.failed, evidence: [.missing, .missing])?.action == .remove)
    #expect(repair(.failed, done: 1, evidence: [.found, .missing])?.action == .nothing)
  }

  @Test("a row that the catalog contradicts is taken back only if nothing of it is there")
  func contradicted() {
    #expect(
      repair(.applied, evidence: [.missing, .missing])?.action == .settle(.reverted, statementsDone: 0))
    #expect(repair(.applied, evidence: [.found, .missing])?.action == .nothing)
    #expect(repair(.applied, evidence: [.missing, .differs("it is blue")])?.action == .nothing)
  }
}

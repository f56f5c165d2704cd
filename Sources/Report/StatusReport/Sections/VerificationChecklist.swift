import JSON
import Migrations
import Schema
import Verification

/// What has been checked, each box ticked by what was found; what only people can check stays open.
struct VerificationChecklist: ReportSection {
  static let title = "Verification checklist"

  /// One box.
  struct Item: Sendable, Hashable {
    var text: String
    var isDone: Bool
    /// Whether only a person can tick it.
    var isByHand = false
  }

  let items: [Item]

  init(_ facts: ReportFacts) {
    var items = [
      Item(text: "Connected to \(facts.database.name), PostgreSQL \(facts.database.version)", isDone: true)
    ]
    func add(_ text: String, of findings: [Finding]) {
      guard !findings.isEmpty else { return }
      let passed = findings.count { $0.severity == .pass }
      items.append(
        Item(text: "\(text) (\(passed) of \(findings.count) checks)", isDone: passed == findings.count))
    }
    let applied = Set(facts.statuses.filter { $0.state == .applied }.map(\.id))
    let evidence = facts.findings.filter { $0.code.hasPrefix("evidence.") }
    let claims = facts.findings.filter { $0.code.hasPrefix("expectation.") }
    add(
      "Everything that the applied migrations made is there",
      of: evidence.filter { $0.migration.map(applied.contains) ?? false })
    add("What is expected always is there", of: claims.filter { $0.migration == nil })
    for phase in facts.project.phases {
      let members = Set(phase.migrations)
      let objects = facts.statuses.filter { members.contains($0.id) }.flatMap { $0.evidence?.items ?? [] }
      let own = claims.filter { $0.migration.map(members.contains) ?? false }
      guard !objects.isEmpty || !own.isEmpty else { continue }
      let found = objects.count { $0.verdict == .found }
      let met = own.count { $0.severity == .pass }
      let expected = own.isEmpty ? "" : ", \(met) of \(Counting.of(own.count, "expectation"))"
      items.append(
        Item(
          text: "\(phase.name): \(found) of \(Counting.of(objects.count, "object"))\(expected)",
          isDone: found == objects.count && met == own.count))
    }
    add("Expected columns are there with their types", of: claims.filter { $0.object?.kind == .column })
    add(
      "Expected policies and row security are there",
      of: claims.filter { [.policy, .rowSecurity, .forcedRowSecurity].contains($0.object?.kind) })
    add(
      "Calls and queries answer as expected",
      of: claims.filter {
        [FindingCode.expectationCall, FindingCode.expectationQuery].contains($0.code) || $0.object == nil
      })
    let open = facts.open.count
    items.append(
      Item(
        text: open == 0 ? "Everything that can run is applied" : "\(Counting.migrations(open)) still open",
        isDone: open == 0))
    let unrecorded = facts.statuses.count { $0.state == .applied && $0.history == nil }
    items.append(
      Item(
        text: unrecorded == 0
          ? "Every applied migration is in the history"
          : "\(Counting.migrations(unrecorded)) applied without a history row",
        isDone: unrecorded == 0))
    let failed = facts.findings.count { $0.severity == .failure }
    let warnings = facts.findings.count { $0.severity == .warning }
    items.append(
      Item(
        text:
          "Verified: \(facts.findings.count - failed - warnings) passed, \(failed) failed, \(Counting.of(warnings, "warning"))",
        isDone: failed == 0 && warnings == 0))
    for component in facts.project.components {
      guard let test = component.test else { continue }
      items.append(Item(text: "\(component.name): \(test)", isDone: false, isByHand: true))
    }
    self.items = items
  }

  var blocks: [ReportBlock] {
    [
      .checklist(
        items.map { item in
          ReportBlock.Check(
            isDone: item.isDone, text: item.isByHand ? "\(item.text) (by hand)" : ReportText(item.text))
        })
    ]
  }

  var json: JSONValue.Member {
    .init(
      "checklist",
      .array(
        items.map {
          ["text": .string($0.text), "done": .boolean($0.isDone), "by_hand": .boolean($0.isByHand)]
        }))
  }
}

import JSON
import Migrations
import Verification

/// What is to be done, in order, each with its reason and the commands that do it.
struct ActionItems: ReportSection {
  static let title = "Action items"

  /// One thing to do.
  struct Item: Sendable, Hashable {
    var title: String
    var reason: String
    /// What it is about, in order.
    var subjects: [Subject] = []
    var commands: [String] = []
  }

  /// What an item is about: a name, and what there is to say of it.
  struct Subject: Sendable, Hashable {
    var name: String
    var text: String?
  }

  let items: [Item]

  /// How many failing checks are named.
  private static let failuresShown = 20

  init(_ facts: ReportFacts) {
    var items: [Item] = []
    func migrations(_ states: Set<MigrationState>) -> [Subject] {
      facts.statuses.filter { states.contains($0.state) }.map { Subject(name: $0.id.rawValue, text: $0.note) }
    }
    let unsettled = migrations([.failed, .interrupted])
    if !unsettled.isEmpty {
      items.append(
        Item(
          title: "Settle what failed or was interrupted",
          reason: "Nobody may go on before it is known how these ended.",
          subjects: unsettled, commands: ["signalbox repair --list", "signalbox repair"]))
    }
    let doubtful = migrations([.partial, .changed, .missing])
    if !doubtful.isEmpty {
      items.append(
        Item(
          title: "Look at what does not fit",
          reason: "The witnesses disagree: files, histories and catalog do not say the same.",
          subjects: doubtful,
          commands: ["signalbox verify", "signalbox repair --list"]))
    }
    let unrecorded = facts.statuses.filter {
      $0.state == .applied && ($0.history == nil || $0.history?.state == .retired)
    }
    if !unrecorded.isEmpty {
      items.append(
        Item(
          title: "Record what is in",
          reason:
            "\(Counting.migrations(unrecorded.count)) \(unrecorded.count == 1 ? "is" : "are") in by the evidence of the catalog or another tool's history, and not in Signalbox's own.",
          commands: ["signalbox adopt"]))
    }
    items += Self.applying(facts)
    items += Self.failing(facts)
    if !facts.open.isEmpty {
      items.append(
        Item(
          title: "Verify again", reason: "Once everything is applied: 0 failed, 0 warnings.",
          commands: ["signalbox verify", "signalbox report"]))
    }
    let tests = facts.project.components.compactMap { component in
      component.test.map { Subject(name: component.name, text: $0) }
    }
    if !tests.isEmpty {
      items.append(
        Item(
          title: "Test the applications", reason: "What no catalog can tell.", subjects: tests))
    }
    self.items = items
  }

  private static func applying(_ facts: ReportFacts) -> [Item] {
    let steps = facts.plan.steps
    guard !steps.isEmpty else { return [] }
    return [
      Item(
        title: "Apply \(Counting.migrations(steps.count))",
        reason: steps.count > 1
          ? "In this order; each is verified before its commit." : "Verified before its commit.",
        subjects: steps.map {
          Subject(name: $0.migration.id.rawValue, text: MigrationPurpose.of($0.migration))
        },
        commands: ["signalbox plan", "signalbox apply --dry-run", "signalbox apply"])
    ]
  }

  /// The checks that fail and would not pass by applying what is pending.
  private static func failing(_ facts: ReportFacts) -> [Item] {
    let open = Set(facts.open.map(\.id))
    let failures = facts.findings.filter { finding in
      finding.severity == .failure && !(finding.migration.map(open.contains) ?? false)
    }
    guard !failures.isEmpty else { return [] }
    let rest = failures.count - failuresShown
    return [
      Item(
        title: "Put right what should hold",
        reason: "\(Counting.of(failures.count, "check")) of what is applied fail.",
        subjects: failures.prefix(failuresShown).map { Subject(name: $0.code, text: $0.message) }
          + (rest > 0 ? [Subject(name: "and \(rest) more")] : []),
        commands: ["signalbox verify"])
    ]
  }

  var blocks: [ReportBlock] {
    guard !items.isEmpty else { return [.paragraph("\(ReportMark.good) Nothing has to be done.")] }
    return items.enumerated().flatMap { index, item in
      var blocks: [ReportBlock] = [
        .heading(3, "\(index + 1). \(item.title)"), .paragraph(ReportText(item.reason)),
      ]
      if !item.subjects.isEmpty {
        blocks.append(
          .steps(
            item.subjects.map { subject in
              subject.text.map { "\(code: subject.name): \($0)" } ?? .code(subject.name)
            }))
      }
      if !item.commands.isEmpty {
        blocks.append(.code(item.commands.joined(separator: "\n"), language: "sh"))
      }
      return blocks
    }
  }

  var json: JSONValue.Member {
    .init(
      "actions",
      .array(
        items.map { item in
          [
            "title": .string(item.title), "reason": .string(item.reason),
            "subjects": .array(
              item.subjects.map { ["name": .string($0.name), "text": .optional($0.text)] }),
            "commands": .array(item.commands.map { .string($0) }),
          ]
        }))
  }
}

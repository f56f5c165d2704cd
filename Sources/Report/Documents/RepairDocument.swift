import JSON
import Migrations

/// The answer of `signalbox repair --json`.
public struct RepairDocument: Sendable {
  private let repairs: [Repair]
  private let differences: [MigrationID: LineDifference]
  private let done: Set<MigrationID>

  /// Makes the document of the repairs, the differences of changed files, and what was done.
  public init(repairs: [Repair], differences: [MigrationID: LineDifference], done: Set<MigrationID>) {
    self.repairs = repairs
    self.differences = differences
    self.done = done
  }

  /// The document.
  public var json: JSONValue {
    [
      "repairs": .array(
        repairs.map { repair in
          [
            "id": .string(repair.id.rawValue), "problem": .string(repair.problem.rawValue),
            "action": .string(repair.action.word), "reason": .string(repair.reason),
            "contradicted": .boolean(repair.isContradicted), "done": .boolean(done.contains(repair.id)),
            "difference": .array((differences[repair.id]?.lines ?? []).map { .string($0.marked) }),
          ]
        })
    ]
  }
}

extension LineDifference.Line {
  /// The line behind its mark, as `diff -u` writes it.
  public var marked: String {
    switch kind {
    case .kept: " " + text
    case .removed: "-" + text
    case .added: "+" + text
    case .gap: "@@"
    }
  }
}

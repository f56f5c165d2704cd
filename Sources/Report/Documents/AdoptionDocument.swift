import JSON
import Migrations

/// The answer of `signalbox adopt --json`.
public struct AdoptionDocument: Sendable {
  private let adopted: [AdoptionPlanner.Candidate]
  private let refused: [AdoptionPlanner.Candidate]
  private let isDone: Bool

  /// Makes the document of what is (to be) recorded and what is refused.
  public init(adopted: [AdoptionPlanner.Candidate], refused: [AdoptionPlanner.Candidate], isDone: Bool) {
    self.adopted = adopted
    self.refused = refused
    self.isDone = isDone
  }

  /// The document.
  public var json: JSONValue {
    [
      "done": .boolean(isDone), "adopted": .array(adopted.map(json)), "refused": .array(refused.map(json)),
    ]
  }

  private func json(_ candidate: AdoptionPlanner.Candidate) -> JSONValue {
    [
      "id": .string(candidate.status.id.rawValue), "reason": .string(candidate.reason),
      "contradiction": .optional(candidate.contradiction),
      "evidence": candidate.status.evidence.map {
        ["found": .integer(Int64($0.found)), "expected": .integer(Int64($0.expected))]
      } ?? nil,
      "recorded_by": .array(candidate.status.otherTools.map { .string($0) }),
    ]
  }
}

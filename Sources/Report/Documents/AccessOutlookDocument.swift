public import JSON
public import Migrations
import Schema

/// How migrations change what roles reach, as a member of `signalbox plan --json`.
public struct AccessOutlookDocument: Sendable {
  private let forecast: AccessOutlook

  /// Makes the document of a forecast.
  public init(_ forecast: AccessOutlook) { self.forecast = forecast }

  /// The document.
  public var json: JSONValue {
    let phrases = AccessAcknowledgement(forecast.widenings).phrases
    return [
      "method": .string(forecast.method.rawValue),
      "acknowledge": .array(phrases.map { .string($0) }),
      "steps": .array(
        forecast.steps.map { step in
          [
            "id": .string(step.migration.rawValue),
            "changes": .array(step.change.cells.map(json)),
            "unknown": .array(
              step.unknowns.map { unknown in
                [
                  "object": .optional(unknown.object?.qualifiedName), "reason": .string(unknown.reason),
                  "location": .optional(unknown.location?.description),
                ]
              }),
          ]
        }),
    ]
  }

  private func json(_ cell: AccessChange.Cell) -> JSONValue {
    [
      "object": .string(cell.object.qualifiedName), "kind": .string(cell.object.kind.rawValue),
      "role": .string(cell.role), "command": .string(cell.command),
      "before": .optional(cell.before?.value), "after": .string(cell.after.value),
      "before_words": .optional(cell.before?.words), "after_words": .string(cell.after.words),
      "direction": .string(cell.direction.rawValue),
    ]
  }
}

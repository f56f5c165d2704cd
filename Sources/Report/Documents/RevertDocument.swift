import JSON
import Migrations
import Schema
import Verification

/// The answer of `signalbox revert --json`.
public struct RevertDocument: Sendable {
  private let forecasts: [RevertForecast]
  private let access: AccessOutlook?
  private let isRehearsal: Bool
  private let isDone: Bool

  /// Makes the document of what was foretold and how it ended.
  public init(forecasts: [RevertForecast], access: AccessOutlook?, isRehearsal: Bool, isDone: Bool) {
    self.forecasts = forecasts
    self.access = access
    self.isRehearsal = isRehearsal
    self.isDone = isDone
  }

  /// The document.
  public func json(
    reverted: [(id: MigrationID, milliseconds: Double)],
    differences: [(id: MigrationID, difference: SnapshotDifference)]
  ) -> JSONValue {
    func names(_ objects: [ObjectIdentity]) -> JSONValue { .array(objects.map { .string($0.description) }) }
    return [
      "dry_run": .boolean(isRehearsal), "done": .boolean(isDone),
      "access": access.map { AccessOutlookDocument($0).json } ?? .null,
      "reverted": .array(
        reverted.map { ["id": .string($0.id.rawValue), "duration_ms": .number($0.milliseconds)] }),
      "differences": .array(
        differences.map { id, difference in
          [
            "id": .string(id.rawValue), "added": names(difference.added.map(\.identity)),
            "changed": names(difference.changed.map(\.after.identity)),
            "removed": names(difference.removed.map(\.identity)),
          ]
        }),
      "forecasts": .array(
        forecasts.map { forecast in
          [
            "id": .string(forecast.migration.rawValue), "removed": names(forecast.removed),
            "restored": names(forecast.restored), "staying": names(forecast.staying),
            "not_restored": .array(forecast.notRestored.map { .string($0) }),
            "lost_rows": .array(
              forecast.lostRows.map {
                ["object": .string($0.object.description), "rows": .optional($0.rows)]
              }),
            "written_rows": .array(forecast.writtenRows.map { .string($0) }),
          ]
        }),
    ]
  }
}

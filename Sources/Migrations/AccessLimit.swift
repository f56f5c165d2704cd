/// What a run may widen: what was announced and acknowledged before it began.
public struct AccessLimit: Sendable, Hashable {
  /// What was announced, by migration.
  public var announced: [MigrationID: [AccessChange.Cell]]

  /// Allows what a forecast announced.
  public init(_ forecast: AccessOutlook) {
    announced = Dictionary(
      forecast.steps.map { ($0.migration, $0.change.widenings) }, uniquingKeysWith: { $0 + $1 })
  }

  /// What a migration really widens beyond what was announced for it.
  public func excess(of change: AccessChange, by migration: MigrationID) -> [AccessChange.Cell] {
    let expected = announced[migration] ?? []
    return change.widenings.filter { cell in
      !expected.contains { known in
        known.object == cell.object && known.role == cell.role && known.command == cell.command
          && (known.after == cell.after || ["all", "bypass"].contains(known.after.value))
      }
    }
  }
}

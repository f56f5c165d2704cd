import Migrations

/// The graph of requirements, drawn in lanes.
public struct GraphDrawing: Sendable, Hashable {
  /// Its lines, from the first migration to the last.
  public var lines: [Line]

  /// Collects lines.
  public init(lines: [Line] = []) { self.lines = lines }

  /// One line of a drawing.
  public struct Line: Sendable, Hashable {
    /// The lanes to the left of the node (`│ ├─`).
    public var lanes: String
    /// The migration whose node stands behind the lanes; nil for a line of lanes alone.
    public var migration: MigrationID?

    /// Makes a line from its parts.
    public init(lanes: String, migration: MigrationID? = nil) {
      self.lanes = lanes
      self.migration = migration
    }
  }
}

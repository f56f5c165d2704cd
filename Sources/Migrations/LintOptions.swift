/// What a project asks of the linter (`[lint]` in the project file).
public struct LintOptions: Sendable, Hashable {
  /// Whether every migration must be harmless to run a second time (`idempotent`).
  public var requiresIdempotence: Bool
  /// Tables with fewer rows are too small for a lock or a scan to matter (`small_table_rows`).
  public var smallTableRows: Int
  /// On tables with so many rows or more, what blocks readers or writers is a failure (`large_table_rows`).
  public var largeTableRows: Int
  /// Lints that the project does without, each with its reason (`[lint.ignore]`, `"lint.index-without-concurrently" =
  /// "we migrate in a maintenance window"`).
  public var ignored: [String: String]

  /// Makes options from their parts.
  public init(
    requiresIdempotence: Bool = false, smallTableRows: Int = 10_000, largeTableRows: Int = 1_000_000,
    ignored: [String: String] = [:]
  ) {
    self.requiresIdempotence = requiresIdempotence
    self.smallTableRows = smallTableRows
    self.largeTableRows = largeTableRows
    self.ignored = ignored
  }
}

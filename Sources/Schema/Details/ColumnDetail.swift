/// What the catalog says of a column.
public struct ColumnDetail: Sendable, Hashable {
  /// Its place in the table, from 1.
  public var position: Int
  /// Its type as `format_type` writes it (`timestamp with time zone`).
  public var type: String
  /// Whether it accepts NULL.
  public var isNullable: Bool
  /// Its default expression, or the generation expression of a generated column.
  public var defaultExpression: String?
  /// `a` (always) or `d` (by default) for an identity column.
  public var identity: String?
  /// Whether its value is generated from other columns.
  public var isGenerated: Bool
  /// How large values are kept (`PLAIN`, `EXTENDED`, …); nil where nothing is stored, or it is not known.
  public var storage: String?
  /// How large values are compressed (`pglz`, `lz4`), if the column says so.
  public var compression: String?
  /// How many values `ANALYZE` gathers, if the column says so.
  public var statistics: Int?
  /// Its options (`n_distinct=-1`).
  public var options: [String]

  /// Makes the detail from its parts.
  public init(
    position: Int, type: String, isNullable: Bool, defaultExpression: String? = nil, identity: String? = nil,
    isGenerated: Bool = false, storage: String? = nil, compression: String? = nil, statistics: Int? = nil,
    options: [String] = []
  ) {
    self.position = position
    self.type = type
    self.isNullable = isNullable
    self.defaultExpression = defaultExpression
    self.identity = identity
    self.isGenerated = isGenerated
    self.storage = storage
    self.compression = compression
    self.statistics = statistics
    self.options = options
  }
}

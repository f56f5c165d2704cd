/// What the catalog says of a constraint.
public struct ConstraintDetail: Sendable, Hashable {
  /// The kinds of table constraint.
  public enum Kind: String, Sendable, Hashable {
    case primaryKey = "primary key"
    case unique
    case foreignKey = "foreign key"
    case check
    case exclusion
    case notNull = "not null"
    case trigger
  }

  /// Which kind it is.
  public var kind: Kind
  /// Whether existing rows were checked (`NOT VALID` leaves it false).
  public var isValidated: Bool
  /// The constrained columns, in order.
  public var columns: [String]
  /// The table that a foreign key points to.
  public var referencedTable: ObjectIdentity?
  /// The columns that a foreign key points to, in order.
  public var referencedColumns: [String]

  /// Makes the detail from its parts.
  public init(
    kind: Kind, isValidated: Bool = true, columns: [String] = [], referencedTable: ObjectIdentity? = nil,
    referencedColumns: [String] = []
  ) {
    self.kind = kind
    self.isValidated = isValidated
    self.columns = columns
    self.referencedTable = referencedTable
    self.referencedColumns = referencedColumns
  }
}

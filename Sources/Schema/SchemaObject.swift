/// One object as the catalog holds it.
public struct SchemaObject: Sendable, Hashable {
  /// The name by which it is known.
  public var identity: ObjectIdentity
  /// The server's own normal form of its definition, the text that decides whether two objects are the same.
  ///
  /// The `CREATE` form where PostgreSQL has a `pg_get_…def` function, else the parts that define it. Never includes
  /// sizes, statistics or OIDs.
  public var definition: String
  /// What is special about its kind.
  public var detail: ObjectDetail
  /// The role that owns it, where it has an owner.
  public var owner: String?
  /// Its comment (`COMMENT ON …`), if any.
  public var comment: String?

  /// Makes an object from its parts.
  public init(
    identity: ObjectIdentity, definition: String = "", detail: ObjectDetail = .none, owner: String? = nil,
    comment: String? = nil
  ) {
    self.identity = identity
    self.definition = definition
    self.detail = detail
    self.owner = owner
    self.comment = comment
  }
}

/// What is special about one kind of object.
///
/// Kept elsewhere than the object that has it: most details are larger than the rest of an object, and copied often.
public indirect enum ObjectDetail: Sendable, Hashable {
  /// Nothing beyond the definition.
  case none
  /// A table, foreign table, view or materialized view.
  case relation(RelationDetail)
  /// A column of a table or view.
  case column(ColumnDetail)
  /// An index.
  case index(IndexDetail)
  /// A table's constraint.
  case constraint(ConstraintDetail)
  /// A function, procedure or aggregate.
  case function(FunctionDetail)
  /// A trigger.
  case trigger(TriggerDetail)
  /// A row-level security policy.
  case policy(PolicyDetail)
  /// A sequence.
  case sequence(SequenceDetail)
}

/// What the catalog says of a relation.
public struct RelationDetail: Sendable, Hashable {
  /// Estimated rows (`pg_class.reltuples`), or nil if it was never analysed.
  public var estimatedRows: Double?
  /// Size on disk with indexes and TOAST, in bytes.
  public var bytes: Int
  /// Whether it is a partitioned table.
  public var isPartitioned: Bool
  /// The table that it is a partition of, or the first that it inherits from.
  public var parent: ObjectIdentity?
  /// Whether a view runs with the rights of who asks (`security_invoker`).
  public var isSecurityInvoker: Bool
  /// Where and how it is kept; nil where the files alone speak.
  public var storage: RelationStorage?

  /// Makes the detail from its parts.
  public init(
    estimatedRows: Double? = nil, bytes: Int = 0, isPartitioned: Bool = false, parent: ObjectIdentity? = nil,
    isSecurityInvoker: Bool = false, storage: RelationStorage? = nil
  ) {
    self.estimatedRows = estimatedRows
    self.bytes = bytes
    self.isPartitioned = isPartitioned
    self.parent = parent
    self.isSecurityInvoker = isSecurityInvoker
    self.storage = storage
  }
}

/// Where and how the rows of a relation, or the entries of an index, are kept.
public struct RelationStorage: Sendable, Hashable {
  /// The tablespace, if it is not the database's own; nil if it is not known, as where the database's own is not
  /// `pg_default`.
  public var tablespace: String?
  /// The access method of a table (`heap`).
  public var accessMethod: String?
  /// The index by which `CLUSTER` orders a table.
  public var clusteredOn: String?
  /// The index of the partitioned table that an index of a partition is attached to.
  public var parent: ObjectIdentity?

  /// Makes the storage from its parts.
  public init(
    tablespace: String? = nil, accessMethod: String? = nil, clusteredOn: String? = nil,
    parent: ObjectIdentity? = nil
  ) {
    self.tablespace = tablespace
    self.accessMethod = accessMethod
    self.clusteredOn = clusteredOn
    self.parent = parent
  }
}

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

/// What the catalog says of an index.
public struct IndexDetail: Sendable, Hashable {
  /// The table that it indexes.
  public var table: ObjectIdentity
  /// Whether it forbids duplicates.
  public var isUnique: Bool
  /// Whether it is the primary key's.
  public var isPrimary: Bool
  /// Whether queries may use it; false after a half-done `CREATE INDEX CONCURRENTLY`.
  public var isValid: Bool
  /// The constraint that owns it (primary key, unique, exclusion), if any.
  public var constraint: String?
  /// Its key columns or expressions, in order.
  public var keys: [String]
  /// Its access method (`btree`, `gin`, …).
  public var method: String
  /// The operator classes of its keys, in order, without their schemas; empty where they are not known.
  public var operatorClasses: [String]
  /// Size on disk in bytes.
  public var bytes: Int
  /// How often it was scanned since statistics were reset.
  public var scans: Int
  /// Where it is kept; nil where the files alone speak.
  public var storage: RelationStorage?

  /// Makes the detail from its parts.
  public init(
    table: ObjectIdentity, isUnique: Bool, isPrimary: Bool, isValid: Bool, constraint: String? = nil,
    keys: [String] = [], method: String = "btree", operatorClasses: [String] = [], bytes: Int = 0,
    scans: Int = 0, storage: RelationStorage? = nil
  ) {
    self.table = table
    self.isUnique = isUnique
    self.isPrimary = isPrimary
    self.isValid = isValid
    self.constraint = constraint
    self.keys = keys
    self.method = method
    self.operatorClasses = operatorClasses
    self.bytes = bytes
    self.scans = scans
    self.storage = storage
  }
}

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

/// What the catalog says of a function, procedure or aggregate.
public struct FunctionDetail: Sendable, Hashable {
  /// Its result as `pg_get_function_result` writes it.
  public var result: String?
  /// Its language.
  public var language: String
  /// Whether it runs with its owner's rights.
  public var isSecurityDefiner: Bool
  /// Settings fixed for its calls (`search_path=public`).
  public var settings: [String]
  /// `i` immutable, `s` stable, `v` volatile.
  public var volatility: String

  /// Makes the detail from its parts.
  public init(
    result: String? = nil, language: String, isSecurityDefiner: Bool = false, settings: [String] = [],
    volatility: String = "v"
  ) {
    self.result = result
    self.language = language
    self.isSecurityDefiner = isSecurityDefiner
    self.settings = settings
    self.volatility = volatility
  }
}

/// What the catalog says of a trigger.
public struct TriggerDetail: Sendable, Hashable {
  /// The function that it calls.
  public var function: ObjectIdentity
  /// `O` enabled, `D` disabled, `R` on replicas, `A` always (`pg_trigger.tgenabled`).
  public var enabled: String

  /// Makes the detail from its parts.
  public init(function: ObjectIdentity, enabled: String = "O") {
    self.function = function
    self.enabled = enabled
  }
}

/// What the catalog says of a row-level security policy.
public struct PolicyDetail: Sendable, Hashable {
  /// Whether it adds rows (permissive) or takes rows away (restrictive).
  public var isPermissive: Bool
  /// The command that it is for: `ALL`, `SELECT`, `INSERT`, `UPDATE` or `DELETE`.
  public var command: String
  /// The roles that it is for; `public` stands for everyone.
  public var roles: [String]
  /// Its `USING` expression, as the server writes it.
  public var using: String?
  /// Its `WITH CHECK` expression, as the server writes it.
  public var check: String?

  /// Makes the detail from its parts.
  public init(
    isPermissive: Bool = true, command: String, roles: [String], using: String? = nil, check: String? = nil
  ) {
    self.isPermissive = isPermissive
    self.command = command
    self.roles = roles
    self.using = using
    self.check = check
  }
}

/// What the catalog says of a sequence.
public struct SequenceDetail: Sendable, Hashable {
  /// The column that it numbers, and with which it is dropped.
  public var ownedBy: ObjectIdentity?
  /// Whether it came with an identity column.
  public var isIdentity: Bool

  /// Makes the detail from its parts.
  public init(ownedBy: ObjectIdentity? = nil, isIdentity: Bool = false) {
    self.ownedBy = ownedBy
    self.isIdentity = isIdentity
  }
}

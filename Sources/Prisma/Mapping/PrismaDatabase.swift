import Schema

/// The database that a Prisma schema describes, as Prisma Migrate would make it on PostgreSQL.
public struct PrismaDatabase: Sendable, Hashable {
  /// The schemas in which it has tables or types; what is in others is none of its business.
  public var schemas: Set<String> = []
  /// The tables and views, in the order of the files; those of implicit relations behind.
  public var tables: [PrismaTable] = []
  /// The enumerated types.
  public var enumerations: [PrismaEnumType] = []
  /// Whether relations are foreign keys; not so under `relationMode = "prisma"`.
  public var hasForeignKeys = true

  /// Makes an empty one.
  public init() {}
}

/// A table or view that a model describes.
public struct PrismaTable: Sendable, Hashable {
  /// What it comes from: the model's name, or that of an implicit relation.
  public var model: String
  /// Where the model stands.
  public var location: PrismaLocation
  /// The table or view.
  public var identity: ObjectIdentity
  /// Whether the table is made for an implicit many-to-many relation.
  public var isRelationTable = false
  /// The columns, in the order of the fields.
  public var columns: [PrismaColumn] = []
  /// The primary key, if the model has one.
  public var primaryKey: PrismaIndex?
  /// What must be unique, beside the primary key.
  public var uniques: [PrismaIndex] = []
  /// The other indexes.
  public var indexes: [PrismaIndex] = []
  /// The foreign keys.
  public var foreignKeys: [PrismaForeignKey] = []

  /// The column of a field.
  public func column(ofField field: String) -> PrismaColumn? { columns.first { $0.field == field } }
}

/// A column that a field describes.
public struct PrismaColumn: Sendable, Hashable {
  /// The field.
  public var field: String
  /// Where the field stands.
  public var location: PrismaLocation
  /// The column's name.
  public var name: String
  /// The column's type, as PostgreSQL writes it.
  public var type: String
  /// Where the type is said.
  public var typeLocation: PrismaLocation
  /// Whether it accepts NULL; nil for lists, of which Prisma says nothing.
  public var isNullable: Bool?
  /// Its default.
  public var defaultValue: PrismaDefault
  /// Where the default is said; where the field stands, if it has none.
  public var defaultLocation: PrismaLocation

  /// Whether a type of the database is the column's, in any spelling.
  public func isOfType(_ type: String) -> Bool { ColumnTypes.agree(type, self.type) }
}

/// What a column has where an insert does not give it.
public enum PrismaDefault: Sendable, Hashable {
  /// Nothing.
  case none
  /// What the client makes up itself (`uuid()`): the column has no default.
  case client(String)
  /// The next number of a sequence, or of an identity column.
  case sequence
  /// The time at which the transaction began.
  case currentTime
  /// Something that Prisma does not know (`dbgenerated()`).
  case something
  /// An expression in SQL.
  case expression(String)

  /// How it may be written for people; nil for none.
  public var text: String? {
    switch self {
    case .none, .client: nil
    case .sequence: "autoincrement()"
    case .currentTime: "now()"
    case .something: "dbgenerated()"
    case .expression(let sql): sql
    }
  }
}

/// A primary key, a unique key or an index that a model asks for.
public struct PrismaIndex: Sendable, Hashable {
  /// One of its columns.
  public struct Key: Sendable, Hashable {
    /// The column.
    public var column: String
    /// Whether it counts down.
    public var isDescending = false
    /// The operator class, if one is asked for.
    public var operatorClass: String?
  }

  /// Its name in the database.
  public var name: String
  /// Where it is asked for.
  public var location: PrismaLocation
  /// Its columns, in order.
  public var keys: [Key]
  /// Its access method.
  public var method = "btree"
  /// The condition of a partial index, in SQL.
  public var predicate: String?

  /// The names of its columns, in order.
  public var columns: [String] { keys.map(\.column) }
}

/// A foreign key that a relation asks for.
public struct PrismaForeignKey: Sendable, Hashable {
  /// The relation's field.
  public var field: String
  /// Where it stands.
  public var location: PrismaLocation
  /// Its name in the database.
  public var name: String
  /// Its columns, in order.
  public var columns: [String]
  /// The table that it points to.
  public var table: ObjectIdentity
  /// The columns that it points to, in order.
  public var referencedColumns: [String]
  /// What happens to the row when the other goes, in the words of SQL.
  public var onDelete: String
  /// What happens to the row when the other's key changes, in the words of SQL.
  public var onUpdate: String
}

/// An enumerated type that an enumeration describes.
public struct PrismaEnumType: Sendable, Hashable {
  /// One of its labels.
  public struct Label: Sendable, Hashable {
    /// The value's name in Prisma.
    public var value: String
    /// The label in the database.
    public var label: String
    /// Where it stands.
    public var location: PrismaLocation
  }

  /// The enumeration's name in Prisma.
  public var name: String
  /// Where it stands.
  public var location: PrismaLocation
  /// The type.
  public var identity: ObjectIdentity
  /// Its labels, in order.
  public var labels: [Label]
}

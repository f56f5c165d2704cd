/// The kinds of database object that Signalbox tells apart.
///
/// The raw value is the word that screens, documents and JSON use.
public enum ObjectKind: String, Sendable, Hashable, CaseIterable, Codable {
  case database
  case role
  case schema
  case `extension`
  case table
  case foreignTable = "foreign table"
  case view
  case materializedView = "materialized view"
  case column
  case sequence
  case index
  case constraint
  case statistics
  case rule
  case trigger
  case eventTrigger = "event trigger"
  case policy
  /// The flag set by `ALTER TABLE … ENABLE ROW LEVEL SECURITY`; the object exists while the flag is on.
  case rowSecurity = "row security"
  /// The flag set by `ALTER TABLE … FORCE ROW LEVEL SECURITY`; the object exists while the flag is on.
  case forcedRowSecurity = "forced row security"
  case function
  case procedure
  case aggregate
  case type
  case domain
  /// One label of an enumerated type.
  case enumValue = "enum value"
  case `operator`
  case operatorClass = "operator class"
  case operatorFamily = "operator family"
  case cast
  case collation
  case conversion
  case language
  case transform
  case accessMethod = "access method"
  case textSearchConfiguration = "text search configuration"
  case textSearchDictionary = "text search dictionary"
  case textSearchParser = "text search parser"
  case textSearchTemplate = "text search template"
  case publication
  case publicationMember = "publication member"
  case subscription
  case foreignDataWrapper = "foreign data wrapper"
  case foreignServer = "foreign server"
  case userMapping = "user mapping"
  case tablespace
  /// One privilege of one role on one object.
  case grant
  /// One privilege of one role on objects yet to be made (`ALTER DEFAULT PRIVILEGES`).
  case defaultPrivilege = "default privilege"
  case comment
  /// A setting stored with the database or a role (`ALTER DATABASE … SET`).
  case setting

  /// Its place among all kinds: an enumeration without values is stored as just that, in a byte.
  var place: UInt8 { withUnsafeBytes(of: self) { $0[0] } }

  /// Whether two kinds are the same; told by their places, not by their words, since identities are compared all the time.
  public static func == (left: ObjectKind, right: ObjectKind) -> Bool { left.place == right.place }

  /// Feeds the kind into a hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(place) }
}

extension ObjectKind {
  /// Whether it is a relation that statements read as they read a table.
  public var isRelation: Bool {
    switch self {
    case .table, .foreignTable, .view, .materializedView: true
    default: false
    }
  }
}

extension ObjectIdentity {
  /// Whether it is a relation that statements read as they read a table.
  public var isRelation: Bool { kind.isRelation }
}

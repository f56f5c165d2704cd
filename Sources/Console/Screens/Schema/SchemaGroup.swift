import Migrations
import Schema

/// The kinds of object that stand together in the list, in the order of the list.
enum SchemaGroupKind: Int, Sendable, Hashable, CaseIterable {
  case tables
  case views
  case functions
  case types
  case sequences
  case extensions
  case publications
  case others

  /// The kind that an object stands under; nil for what belongs to another object or is no part of a schema.
  init?(_ kind: ObjectKind) {
    switch kind {
    case .table, .foreignTable: self = .tables
    case .view, .materializedView: self = .views
    case .function, .procedure, .aggregate: self = .functions
    case .type, .domain: self = .types
    case .sequence: self = .sequences
    case .extension: self = .extensions
    case .publication: self = .publications
    case .schema, .statistics, .eventTrigger, .operator, .operatorClass, .operatorFamily, .cast, .collation,
      .conversion, .language, .transform, .accessMethod, .textSearchConfiguration, .textSearchDictionary,
      .textSearchParser, .textSearchTemplate, .subscription, .foreignDataWrapper, .foreignServer:
      self = .others
    case .database, .role, .column, .index, .constraint, .rule, .trigger, .policy, .rowSecurity,
      .forcedRowSecurity, .enumValue, .publicationMember, .userMapping, .tablespace, .grant,
      .defaultPrivilege, .comment, .setting:
      return nil
    }
  }

  var title: String {
    switch self {
    case .tables: "Tables"
    case .views: "Views"
    case .functions: "Functions"
    case .types: "Types"
    case .sequences: "Sequences"
    case .extensions: "Extensions"
    case .publications: "Publications"
    case .others: "Others"
    }
  }

  /// The word for one.
  var noun: String {
    switch self {
    case .others: "other"
    default: String(title.lowercased().dropLast())
    }
  }
}

/// Objects of one kind in one schema.
struct SchemaGroup: Sendable, Hashable {
  var kind: SchemaGroupKind
  /// The schema; nil for what is in none.
  var schema: String?
  /// Whether the host provides it.
  var isPlatform: Bool

  /// What `[` comes back to.
  var name: String { [kind.title, schema].compactMap { $0 }.joined(separator: " ") }
}

extension SchemaGroup: Comparable {
  /// What is the project's first, then by kind, then by schema, `public` before the others.
  static func < (left: SchemaGroup, right: SchemaGroup) -> Bool { left.key < right.key }

  private var key: (Int, Int, Int, String) {
    (isPlatform ? 1 : 0, kind.rawValue, schema == "public" ? 0 : 1, schema ?? "")
  }
}

/// A heading or an object of the list.
struct SchemaRow: ListItem {
  var content: Content

  enum Content: Sendable, Hashable {
    case heading(SchemaGroup, count: Int)
    case object(ObjectIdentity, SchemaMark?)
  }

  enum ID: Hashable, Sendable {
    case group(SchemaGroup)
    case object(ObjectIdentity)
  }

  var id: ID {
    switch content {
    case .heading(let group, _): .group(group)
    case .object(let object, _): .object(object)
    }
  }

  var isHeading: Bool {
    if case .heading = content { true } else { false }
  }

  var searchText: String {
    guard case .object(let object, _) = content else { return "" }
    let name = [object.schema, object.name].compactMap { $0 }.joined(separator: ".")
    return object.signature.map { "\(name)(\($0))" } ?? name
  }

  /// The object, if it is one.
  var object: ObjectIdentity? {
    if case .object(let object, _) = content { object } else { nil }
  }
}

/// What is worth a sign in the list.
enum SchemaMark: Sendable, Hashable {
  /// No migration made it.
  case unmanaged
  /// One of its indexes was never finished.
  case invalidIndex
  /// An open transaction that is looked into did this to it, or to what belongs to it.
  case uncommitted(ObjectChange.Kind)

  var isUncommitted: Bool {
    if case .uncommitted = self { true } else { false }
  }
}

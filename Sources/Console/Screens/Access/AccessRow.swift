import Schema
import Verification

/// A heading or an object of the matrix.
struct AccessRow: ListItem {
  var content: Content

  enum Content: Sendable, Hashable {
    case heading(AccessGroup, count: Int)
    case object(ObjectIdentity)
  }

  enum ID: Hashable, Sendable {
    case group(AccessGroup)
    case object(ObjectIdentity)
  }

  var id: ID {
    switch content {
    case .heading(let group, _): .group(group)
    case .object(let object): .object(object)
    }
  }

  var isHeading: Bool {
    if case .heading = content { true } else { false }
  }

  var searchText: String {
    object.map { [$0.schema, $0.name].compactMap { $0 }.joined(separator: ".") } ?? ""
  }

  /// The object, if it is one.
  var object: ObjectIdentity? {
    if case .object(let object) = content { object } else { nil }
  }
}

/// Objects of one kind in one schema.
struct AccessGroup: Sendable, Hashable {
  var kind: Kind
  var schema: String

  enum Kind: Int, Sendable, Hashable {
    case relations
    case functions
    case sequences
    case schemas

    init(_ kind: ObjectKind) {
      switch kind {
      case .function, .procedure, .aggregate: self = .functions
      case .sequence: self = .sequences
      case .schema: self = .schemas
      default: self = .relations
      }
    }

    var title: String {
      switch self {
      case .relations: "Tables and views"
      case .functions: "Functions"
      case .sequences: "Sequences"
      case .schemas: "Schemas"
      }
    }
  }

  init(_ object: ObjectIdentity) {
    kind = Kind(object.kind)
    schema = object.kind == .schema ? "" : object.schema ?? ""
  }

  /// What `[` comes back to.
  var name: String { schema.isEmpty ? kind.title : "\(kind.title) \(schema)" }
}

extension AccessGroup: Comparable {
  /// By kind, then by schema, `public` before the others.
  static func < (left: AccessGroup, right: AccessGroup) -> Bool { left.key < right.key }

  private var key: (Int, Int, String) { (kind.rawValue, schema == "public" ? 0 : 1, schema) }
}

/// Where the cursor stands in a row: a role, and one of the commands.
struct AccessPlace: Sendable, Hashable {
  var role = 0
  var command = 0
}

import Schema
import Script

/// Tables as one side has them, the database or the files, in the terms in which Prisma speaks of them.
struct StoredSchema: Sendable {
  /// The tables, views and foreign tables, under the identity of a table.
  var tables: [ObjectIdentity: StoredTable] = [:]
  /// The labels of enumerated types.
  var enumerations: [ObjectIdentity: Set<String>] = [:]
  /// Objects of which cannot be told whether they are there, with the reason.
  var doubts: [ObjectIdentity: String] = [:]

  /// Why nothing can be said of an object: it, its table or its type is in doubt.
  func doubt(of object: ObjectIdentity) -> String? {
    doubts[object] ?? object.table.flatMap { doubts[$0] }
  }
}

/// A table, view or foreign table.
struct StoredTable: Sendable {
  /// The object as it is.
  var identity: ObjectIdentity
  /// Whether it hangs under another table.
  var isPartition = false
  var columns: [String: StoredColumn] = [:]
  /// The primary key, unique keys and indexes, in the order of their names.
  var indexes: [StoredIndex] = []
  var foreignKeys: [StoredForeignKey] = []

  /// Whether it is a view, of which the catalog knows no keys and no nullability.
  var isView: Bool { identity.kind == .view || identity.kind == .materializedView }

  var primaryKey: StoredIndex? { indexes.first { $0.kind == .primaryKey } }
}

/// A column; a part that cannot be known has a doubt.
struct StoredColumn: Sendable {
  var type: String?
  var isNullable: Bool?
  var defaultExpression: String?
  var isGenerated = false
  var isIdentity = false
  /// Why a part cannot be told (`type`, `nullability`, `default`).
  var doubts: [String: String] = [:]
}

/// A primary key, unique key or index.
struct StoredIndex: Sendable {
  enum Kind: Sendable {
    case primaryKey
    case unique
    case index
  }

  /// One of its keys.
  struct Key: Sendable, Hashable {
    /// The column; nil for an expression.
    var column: String?
    var isDescending = false
    /// The operator class, where it is not the type's own.
    var operatorClass: String?
  }

  var kind: Kind
  /// The constraint or the index.
  var identity: ObjectIdentity
  var keys: [Key]
  var method = "btree"
  var predicate: String?
  /// Why it is more than Prisma has words for (`an expression`); nil if it is not.
  var peculiarity: String?

  var name: String { identity.name }
  var columns: [String] { keys.map { $0.column ?? "(…)" } }

  /// The index in words: `btree (a, b DESC) WHERE …`.
  var text: String {
    let list = keys.map { key in
      (key.column ?? "(…)") + (key.operatorClass.map { " \($0)" } ?? "") + (key.isDescending ? " DESC" : "")
    }
    return IndexWording.text(list, method: method, predicate: predicate)
  }
}

/// How indexes are written for people.
enum IndexWording {
  static func text(_ keys: [String], method: String, predicate: String?) -> String {
    (method == "btree" ? "" : "\(method) ") + "(\(keys.joined(separator: ", ")))"
      + (predicate.map { " where \($0)" } ?? "")
  }
}

/// A foreign key.
struct StoredForeignKey: Sendable {
  var identity: ObjectIdentity
  var columns: [String]
  var table: ObjectIdentity
  /// Empty where the statement names none: the primary key's.
  var referencedColumns: [String]
  var onDelete: String
  var onUpdate: String
}

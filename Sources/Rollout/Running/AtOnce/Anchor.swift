import Schema

/// What objects hang on: a relation (indexes and sequences share the namespace of tables), or all routines of one name.
extension KnownCatalog {
  /// The anchor of a relation, whatever its kind.
  static func anchor(relation: ObjectIdentity) -> ObjectIdentity {
    .table(relation.schema ?? "", relation.name)
  }

  /// What an object hangs on; nil if neither on a relation nor on a routine.
  func anchor(of object: ObjectIdentity) -> ObjectIdentity? {
    guard let schema = object.schema else { return nil }
    if let table = object.table { return table }
    switch object.kind {
    case .table, .foreignTable, .view, .materializedView, .sequence, .index:
      return .table(schema, object.name)
    case .function, .procedure, .aggregate:
      return .function(schema, object.name, "")
    case .grant: return anchor(ofGrant: object, in: schema)
    case .comment: return anchor(ofComment: object, in: schema)
    default: return nil
    }
  }

  private func anchor(ofGrant grant: ObjectIdentity, in schema: String) -> ObjectIdentity? {
    switch grant.parent {
    case ObjectKind.table.rawValue, ObjectKind.sequence.rawValue: return .table(schema, grant.name)
    case ObjectKind.function.rawValue:
      guard let end = grant.name.lastIndex(of: "(") else { return nil }
      return .function(schema, String(grant.name[..<end]), "")
    // A column's grant is named `table.column`; a name with a dot of its own could be either, so it is nobody's.
    case ObjectKind.column.rawValue:
      let parts = grant.name.split(separator: ".", omittingEmptySubsequences: false)
      return parts.count == 2 ? .table(schema, String(parts[0])) : nil
    default: return nil
    }
  }

  private func anchor(ofComment comment: ObjectIdentity, in schema: String) -> ObjectIdentity? {
    guard let word = comment.signature?.split(separator: "(").first.map(String.init),
      let kind = ObjectKind(rawValue: word)
    else { return nil }
    switch kind {
    case .column, .constraint, .trigger, .policy, .rule: return comment.parent.map { .table(schema, $0) }
    case .table, .foreignTable, .view, .materializedView, .sequence, .index:
      return .table(schema, comment.name)
    case .function, .procedure, .aggregate: return .function(schema, comment.name, "")
    default: return nil
    }
  }
}

/// What a policy's condition, as the server writes it, looks at.
enum PolicyText {
  /// Whether it reads a table or calls a function other than those of Supabase's `auth`.
  ///
  /// Errs on the side of yes: a word before a parenthesis counts as a call.
  static func readsMore(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    var word: [UInt8] = []
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "\""),
        0x80...:
        word.append(byte)
      case UInt8(ascii: "(") where !word.isEmpty:
        if !word.starts(with: Array("auth.".utf8)) { return true }
        word = []
      default:
        if word == Array("FROM".utf8) { return true }
        word = []
      }
    }
    return word == Array("FROM".utf8)
  }
}

import Schema

/// What is worth knowing of a table's cell beside its value.
extension AccessMatrix {
  func tableNotes(_ table: ObjectIdentity, _ command: AccessCommand, role: String) -> [AccessReason] {
    var notes: [AccessReason] = []
    if table.kind == .foreignTable {
      notes.append(
        AccessReason(
          .note, "what the user mapping may do on the foreign server decides further", object: table))
    }
    if case .relation(let detail)? = snapshot[table]?.detail, let parent = detail.parent,
      hasRowSecurity(table) != hasRowSecurity(parent.relationName) || hasRowSecurity(table)
    {
      notes.append(
        AccessReason(
          .note,
          "whoever asks \(parent.qualifiedName) reaches these rows by its grants and policies, not by these",
          object: parent))
    }
    if command == .insert {
      notes += sequencesWithoutUsage(of: table, role: role).map { column, sequence in
        AccessReason(
          .note,
          "the default of \(Identifier.quoted(column)) takes a number from \(sequence.qualifiedName), which \(role) may not: INSERT works only with a value for it",
          object: sequence, missing: .init("USAGE", on: sequence, for: role))
      }
    }
    return notes
  }

  /// The columns whose defaults take numbers from a sequence that the role may not use; identity columns need nothing.
  func sequencesWithoutUsage(
    of table: ObjectIdentity, role: String
  ) -> [(column: String, sequence: ObjectIdentity)] {
    columns(of: table).sorted().compactMap { name in
      guard let schema = table.schema,
        case .column(let detail)? = snapshot[.column(schema, table.name, name)]?.detail,
        let text = detail.defaultExpression, detail.identity == nil,
        let sequence = Self.sequence(in: text), snapshot.contains(sequence),
        rights.holding("USAGE", on: sequence, by: role) == nil,
        rights.holding("UPDATE", on: sequence, by: role) == nil
      else { return nil }
      return (name, sequence)
    }
  }

  /// The sequence of `nextval('public.t_id_seq'::regclass)`.
  private static func sequence(in expression: String) -> ObjectIdentity? {
    let condition = PolicyCondition(ExpressionItem.items(of: expression))
    guard condition.calls.contains(["nextval"]), let text = condition.strings.first,
      case .name(let parts)? = ExpressionItem.items(of: text).first, parts.count == 2
    else { return nil }
    return ObjectIdentity(.sequence, schema: parts[0], name: parts[1])
  }
}

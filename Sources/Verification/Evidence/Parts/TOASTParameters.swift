import Schema

extension Snapshot {
  /// Whether the server has kept a storage parameter if it was set: those of the TOAST table go nowhere where a table has none.
  ///
  /// It has one where a column may hold values of any length (`needs_toast_table` in PostgreSQL's `catalog/toasting.c`).
  func keepsTOASTParameter(_ part: String, of table: ObjectIdentity) -> Bool {
    guard part.hasPrefix("storage parameter toast.") else { return true }
    return objects.values.contains { column in
      guard column.identity.kind == .column, column.identity.schema == table.schema,
        column.identity.parent == table.name, case .column(let detail) = column.detail
      else { return false }
      return ["EXTENDED", "EXTERNAL", "MAIN"].contains(detail.storage)
        && (detail.type.hasSuffix("[]") || !detail.type.contains("("))
    }
  }
}

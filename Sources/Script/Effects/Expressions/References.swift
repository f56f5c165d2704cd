import Schema

/// What an expression or a query refers to.
struct References {
  /// A relation that a query reads or writes.
  struct RelationUse: Sendable, Hashable {
    var relation: ObjectIdentity
    var lock: LockMode
    /// What is done to its rows, if they are changed.
    var change: RowChange?
  }

  /// The relations with the locks that reading or writing them takes.
  var relations: [RelationUse] = []
  /// Relations, columns, functions, types and collations, each once.
  var objects: [ObjectIdentity] = []
  /// Whether any function called gives another answer at each call, as far as is known.
  var isVolatile = false
}

/// The ways to change rows, each with triggers and rules of its own.
enum RowChange: String, Sendable, Hashable, CaseIterable {
  case insert, update, delete
}

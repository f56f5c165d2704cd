import Schema

/// What an expression or a query refers to.
struct References {
  /// A relation that a query reads or writes.
  struct RelationUse {
    var relation: ObjectIdentity
    var lock: LockMode
  }

  /// The relations with the locks that reading or writing them takes.
  var relations: [RelationUse] = []
  /// Relations, columns, functions, types and collations, each once.
  var objects: [ObjectIdentity] = []
  /// Whether any function called gives another answer at each call, as far as is known.
  var isVolatile = false
}

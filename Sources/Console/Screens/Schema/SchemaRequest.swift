import Schema

/// What the Schema screen asks of the target; the catalog itself has been read for all screens.
public enum SchemaRequest: Sendable, Hashable {
  /// The definition of a function or view that the snapshot left out.
  case definition(ObjectIdentity)
  /// A page of a relation's rows, behind so many that are passed over.
  case rows(ObjectIdentity, offset: Int)
  /// The same in the open transaction of a run that waits.
  indirect case inside(SchemaRequest)

  var slot: String {
    switch self {
    case .inside(let request): request.slot
    case .definition: "definition"
    case .rows: "rows"
    }
  }

  /// What is asked, wherever it is to be looked up.
  public var question: SchemaRequest {
    if case .inside(let request) = self { request.question } else { self }
  }
}

/// What the Schema screen is answered.
public enum SchemaAnswer: Sendable {
  /// A definition in the server's words; nil if it has none.
  case definition(String?)
  /// Rows.
  case rows(RowPage)
}

/// An error, warning or notice as the server reports it, with every field that it sent.
///
/// The fields are those of "Error and Notice Message Fields" in PostgreSQL's protocol documentation.
public struct ServerReport: Sendable, Hashable {
  /// The severity in English whatever `lc_messages` says: `ERROR`, `FATAL`, `PANIC`, `WARNING`, `NOTICE`, `DEBUG`,
  /// `INFO` or `LOG`.
  public var severity: String
  /// The five characters of the SQLSTATE, such as `42P01`.
  public var sqlState: String
  /// The primary message, one line as a rule.
  public var message: String
  /// A second message that carries more about the problem.
  public var detail: String?
  /// What the server suggests doing about it.
  public var hint: String?
  /// Where in the statement the problem lies, in characters from 1.
  public var position: Int?
  /// Where in `internalQuery` the problem lies, in characters from 1.
  public var internalPosition: Int?
  /// The text of a statement that the server generated itself, for example inside a PL/pgSQL function.
  public var internalQuery: String?
  /// The call stack of functions and internal statements, one entry a line.
  public var context: String?
  /// The schema of the object concerned.
  public var schema: String?
  /// The table concerned.
  public var table: String?
  /// The column concerned.
  public var column: String?
  /// The data type concerned.
  public var dataType: String?
  /// The constraint concerned; an index counts as a constraint here.
  public var constraint: String?
  /// The function of the server's source code that raised the report.
  public var routine: String?

  /// Creates a report; only severity, SQLSTATE and message are always there.
  public init(
    severity: String = "ERROR", sqlState: String, message: String, detail: String? = nil, hint: String? = nil,
    position: Int? = nil, internalPosition: Int? = nil, internalQuery: String? = nil, context: String? = nil,
    schema: String? = nil, table: String? = nil, column: String? = nil, dataType: String? = nil,
    constraint: String? = nil, routine: String? = nil
  ) {
    self.severity = severity
    self.sqlState = sqlState
    self.message = message
    self.detail = detail
    self.hint = hint
    self.position = position
    self.internalPosition = internalPosition
    self.internalQuery = internalQuery
    self.context = context
    self.schema = schema
    self.table = table
    self.column = column
    self.dataType = dataType
    self.constraint = constraint
    self.routine = routine
  }
}

extension ServerReport: CustomStringConvertible {
  /// The report in psql's manner: severity, SQLSTATE and message, then the other fields that help a person.
  public var description: String {
    var lines = ["\(severity): \(sqlState.isEmpty ? "" : sqlState + ": ")\(message)"]
    if let detail { lines.append("DETAIL: \(detail)") }
    if let hint { lines.append("HINT: \(hint)") }
    if let context { lines.append("CONTEXT: \(context)") }
    return lines.joined(separator: "\n")
  }
}

/// A message that the server sends beside a statement's result: a notice, warning, or other report below an error.
public typealias Notice = ServerReport

import Glibc

/// A request in one of the forms in which libpq sends them.
enum StatementForm: Sendable {
  /// The simple protocol: any number of statements, no parameters.
  case script(String)
  /// The extended protocol: one statement.
  case query(String, [Parameter])
  /// The same, with the rows handed over one by one.
  case rows(String, [Parameter])
  case pipeline([PipelineRequest])

  var statement: String {
    switch self {
    case .script(let sql), .query(let sql, _), .rows(let sql, _): sql
    case .pipeline(let requests): requests.first?.sql ?? ""
    }
  }

  var requests: [PipelineRequest] {
    if case .pipeline(let requests) = self { requests } else { [] }
  }

  /// The most parameters that the protocol can count.
  private static let parameterLimit = 65_535

  /// Refuses what libpq would cut off or could not send.
  func validate() throws(PostgresError) {
    switch self {
    case .script(let sql): try Self.validate(sql, [])
    case .query(let sql, let parameters), .rows(let sql, let parameters): try Self.validate(sql, parameters)
    case .pipeline(let requests):
      for request in requests {
        try Self.validate(request.sql, request.parameters, isSent: !request.isPrepared)
      }
    }
  }

  private static func validate(
    _ sql: String, _ parameters: [Parameter], isSent: Bool = true
  ) throws(PostgresError) {
    if isSent, holdsNUL(sql) {
      throw PostgresError(
        .misuse, "the statement holds a NUL character, which SQL text cannot", statement: sql)
    }
    if parameters.count > parameterLimit {
      throw PostgresError(
        .misuse,
        "\(parameters.count) parameters are more than the \(parameterLimit) that a statement can have",
        statement: sql)
    }
    for (index, parameter) in parameters.enumerated() {
      switch parameter {
      case .text(let text) where holdsNUL(text):
        throw PostgresError(
          .misuse, "parameter $\(index + 1) holds a NUL character, which PostgreSQL's text cannot",
          statement: sql)
      case .binary(let bytes, _) where bytes.count > Int32.max:
        throw PostgresError(.misuse, "parameter $\(index + 1) is larger than 2 GB", statement: sql)
      default: break
      }
    }
  }

  private static func holdsNUL(_ text: String) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false
    } ?? text.utf8.contains(0)
  }
}

/// One statement of a pipeline.
public struct PipelineRequest: Sendable, Hashable {
  /// The statement.
  public var sql: String
  /// The values of its `$n`.
  public var parameters: [Parameter]
  /// Whether a Sync follows it: what stands before is settled on its own, and an error does not skip what comes after.
  ///
  /// A Sync follows the last request of a pipeline in any case.
  public var synchronizes: Bool
  /// Whether the server sends the result at once, rather than when it has results enough for a packet.
  public var flushes: Bool
  /// Whether the statement is sent as it is, or prepared, or named.
  var form: Form

  enum Form: Sendable, Hashable {
    case plain
    case preparation(name: String, types: [UInt32])
    case prepared(name: String)
  }

  /// Creates a request.
  public init(
    _ sql: String, _ parameters: [Parameter] = [], synchronizes: Bool = false, flushes: Bool = false
  ) {
    self.sql = sql
    self.parameters = parameters
    self.synchronizes = synchronizes
    self.flushes = flushes
    form = .plain
  }

  /// Has the server parse a statement and keep it under a name, with the OIDs of its parameters' types (0 where the
  /// server shall find out).
  public static func prepare(_ name: String, _ sql: String, types: [UInt32] = []) -> PipelineRequest {
    var request = PipelineRequest(sql)
    request.form = .preparation(name: name, types: types)
    return request
  }

  /// Runs a statement that was prepared; `sql` is its text, for messages about it.
  public static func prepared(
    _ name: String, _ sql: String, _ parameters: [Parameter]
  ) -> PipelineRequest {
    var request = PipelineRequest(sql, parameters)
    request.form = .prepared(name: name)
    return request
  }

  /// The same request, for the statement as it was prepared under a name.
  public func prepared(as name: String) -> PipelineRequest {
    var request = self
    request.form = .prepared(name: name)
    return request
  }

  /// Whether the server has the statement already.
  var isPrepared: Bool { if case .prepared = form { true } else { false } }

  /// About how many bytes it takes on the wire.
  var size: Int {
    parameters.reduce(isPrepared ? 32 : sql.utf8.count) { size, parameter in
      switch parameter {
      case .null: size + 4
      case .text(let text): size + 4 + text.utf8.count
      case .binary(let bytes, _): size + 4 + bytes.count
      }
    }
  }
}

/// Hears the outcome of one request of a pipeline, by its place, when it comes.
public typealias PipelineObserver = @Sendable (Int, Result<QueryResult, PostgresError>) -> Void

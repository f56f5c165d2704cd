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

  /// Creates a request.
  public init(_ sql: String, _ parameters: [Parameter] = [], synchronizes: Bool = false) {
    self.sql = sql
    self.parameters = parameters
    self.synchronizes = synchronizes
  }

  /// About how many bytes it takes on the wire.
  var size: Int {
    parameters.reduce(sql.utf8.count) { size, parameter in
      switch parameter {
      case .null: size + 4
      case .text(let text): size + 4 + text.utf8.count
      case .binary(let bytes, _): size + 4 + bytes.count
      }
    }
  }
}

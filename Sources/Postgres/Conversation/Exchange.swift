/// What an exchange has gathered so far; owned by the connection's actor.
final class Exchange {
  let statement: String
  let gate: CancellationGate?
  let requests: [PipelineRequest]

  private(set) var conversation: Conversation
  /// What the conversation wants next; kept while the caller works on rows.
  private(set) var action: Conversation.Action
  var sentRequests = 0
  var fetched: LibpqResult?

  private(set) var results: [QueryResult] = []
  var rows: [Rows] = []
  private var columns: ColumnSet?
  var notices: [Notice] = []
  var error: PostgresError?
  /// The outcomes of the requests of a pipeline that have ended.
  private(set) var outcomes: [Result<QueryResult, PostgresError>] = []

  private let onOutcome: PipelineObserver?

  init(
    statement: String, gate: CancellationGate?, requests: [PipelineRequest] = [],
    onOutcome: PipelineObserver? = nil
  ) {
    self.onOutcome = onOutcome
    self.statement = statement
    self.gate = gate
    self.requests = requests
    var conversation = Conversation(requests.isEmpty ? .single : .pipeline(requests: requests.count))
    action = conversation.next(.began)
    self.conversation = conversation
  }

  /// Tells the conversation what happened.
  func proceed(_ event: Conversation.Event) { action = conversation.next(event) }

  var isPipeline: Bool { !requests.isEmpty }

  /// The text of the request whose results are being read.
  var currentStatement: String {
    isPipeline && outcomes.count < requests.count ? requests[outcomes.count].sql : statement
  }

  var isAtLastRequest: Bool { sentRequests == requests.count - 1 }

  /// Takes in the result that was fetched.
  func takeFetched(connectionIsBad: Bool) {
    guard let result = fetched else { return }
    fetched = nil
    switch result.kind {
    case .row:
      let columns = self.columns ?? result.columns
      self.columns = columns
      rows.append(result.rows(columns: columns))
    case .complete:
      results.append(QueryResult(rows: result.rows(), commandTag: result.commandTag, notices: notices))
      notices = []
    case .aborted:
      error = PostgresError(
        .pipelineAborted, "not run: an earlier request of the same pipeline failed",
        statement: currentStatement)
    case .error:
      // After a fatal error libpq reports the end of the connection as well; the first says why.
      if error == nil { error = failure(result, connectionIsBad) }
    case .copyIn, .copyOut, .copyBoth, .synchronized: break
    }
  }

  private func failure(_ result: LibpqResult, _ connectionIsBad: Bool) -> PostgresError {
    let report = result.report
    var code = PostgresError.Code.server
    if connectionIsBad || report?.severity == "FATAL" || report?.severity == "PANIC" {
      code = .connectionLost
    } else if report?.sqlState == "57014", gate?.wasSent == true {
      code = .cancelled
    }
    return PostgresError(
      code, report?.message ?? result.errorMessage, report: report, statement: currentStatement)
  }

  /// Closes the outcome of one request of a pipeline.
  func endRequest() {
    // No results at all: the end of a request that was counted already.
    if error == nil, results.isEmpty { return }
    outcomes.append(error.map(Result.failure) ?? .success(results.removeLast()))
    error = nil
    results = []
    if let outcome = outcomes.last { onOutcome?(outcomes.count - 1, outcome) }
  }
}

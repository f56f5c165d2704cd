import Postgres

/// The first request of a message that failed, and why; everything behind it was skipped, or not sent.
struct MessageFailure: Sendable {
  let place: Int
  let error: PostgresError

  init(at place: Int, _ error: PostgresError) {
    self.place = place
    self.error = error
  }

  /// The first failure among outcomes, the first of which is that of the request at a place; nil if there is none.
  init?(in outcomes: [Result<QueryResult, PostgresError>], from place: Int) {
    for (offset, outcome) in outcomes.enumerated() {
      if case .failure(let error) = outcome {
        self.init(at: place + offset, error)
        return
      }
    }
    return nil
  }
}

import Postgres

/// What the server answered to a migration's message, as far as anybody asks for it.
///
/// The answers to statements are events by the time they are here: a million of them would be a gigabyte.
struct MessageAnswers: Sendable {
  /// The first request that failed, and why; everything behind it was skipped, or not sent.
  private(set) var failure: (place: Int, error: PostgresError)?
  /// The results of requests that are no statements of the migration, by place.
  private(set) var results: [Int: QueryResult] = [:]

  /// Takes in the outcomes of a slice of a message.
  mutating func take(
    _ outcomes: [Result<QueryResult, PostgresError>], of slice: Range<Int>, in message: MigrationMessage
  ) {
    for (place, outcome) in zip(slice, outcomes) {
      switch outcome {
      case .success(let result): if !message.statements.contains(place) { results[place] = result }
      case .failure(let error): fail(at: place, error)
      }
    }
  }

  /// Notes a failure, unless there was one before it.
  mutating func fail(at place: Int, _ error: PostgresError) {
    if failure == nil { failure = (place, error) }
  }

  /// The results from a place on; empty if they did not all come.
  func results(from place: Int, to end: Int) -> [QueryResult] {
    let found = (place..<end).compactMap { results[$0] }
    return found.count == end - place ? found : []
  }
}

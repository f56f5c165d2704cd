/// What became of a query that an expectation asks.
///
/// A lost connection is no answer: whoever asks throws then, and the verification ends.
public enum QueryAnswer: Sendable, Hashable {
  /// The first column of the first row as text; nil for NULL, and where there is no row.
  case text(String?)
  /// The server refused the query; the text says why.
  case refused(String)
}

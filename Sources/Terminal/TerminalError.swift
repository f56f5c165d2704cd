/// Why a terminal cannot be used as a screen, and what the person can do about it.
public struct TerminalError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of failure.
  public enum Code: String, Sendable, Hashable {
    /// Standard output (or, for the keys, `/dev/tty`) is not a terminal.
    case notATerminal
    /// No description of this terminal, nor of a common one, or one that cannot place a cursor.
    case unknownTerminal
    /// The system refused something.
    case systemFailure
  }

  /// The kind of failure.
  public var code: Code
  /// What is wrong, in a sentence.
  public var message: String
  /// What to do about it; empty when there is nothing to advise.
  public var advice: String

  /// An error with its advice.
  public init(_ code: Code, _ message: String, advice: String = "") {
    self.code = code
    self.message = message
    self.advice = advice
  }

  /// Message and advice, as they are shown.
  public var description: String { advice.isEmpty ? message : "\(message)\n\(advice)" }
}

/// Why a private PostgreSQL could not be found, started, or used, and what the person can do about it.
public struct SandboxError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of failure, for callers that react to it.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// No complete set of PostgreSQL server programs was found.
    case serverMissing
    /// The server programs are older than Signalbox supports.
    case serverTooOld
    /// Started as root, and there is no account or program to run the server as somebody else.
    case noUnprivilegedAccount
    /// A directory could not be made, or is not usable for a server's socket.
    case directoryUnusable
    /// A program could not be started at all.
    case programFailed
    /// initdb or the server itself gave up; the message ends with its log.
    case serverDidNotStart
    /// A sandbox of this name runs already, or another command is starting or stopping it.
    case busy
    /// The name of a sandbox is not one.
    case invalidName
  }

  /// The kind of failure.
  public var code: Code
  /// What happened, in a sentence.
  public var message: String
  /// What to do about it, in one or more lines; empty when there is nothing to advise.
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

/// Turns libpq's message about a failed attempt into an error.
///
/// While a connection is being made libpq gives text alone, without fields, so the kind is told from what it says.
enum ConnectFailure {
  /// The error for what libpq says; it carries a report, without a SQLSTATE, when it was the server that said it.
  static func error(
    _ message: String, needsPassword: Bool, endpoint: PostgresError.Endpoint
  ) -> PostgresError {
    var said = sentences(of: withoutPrefix(message))
    var report: ServerReport?
    for severity in ["FATAL", "ERROR", "PANIC"] where said.hasPrefix("\(severity):  ") {
      said.removeFirst(severity.count + 3)
      report = ServerReport(severity: severity, sqlState: "", message: said)
    }
    let isAuthentication = needsPassword || authenticationWords.contains { find($0, in: said) != nil }
    return PostgresError(
      isAuthentication ? .authentication : .connectionFailed, said, report: report, endpoint: endpoint)
  }

  /// Whether a failure ends the search: the server was there and said no, so it is the one that was meant.
  ///
  /// As in libpq, a server that is starting up or shutting down is passed over.
  static func isFinal(_ error: PostgresError) -> Bool {
    if error.code == .authentication { return true }
    return error.report.map { find("the database system is", in: $0.message) == nil } ?? false
  }

  /// One error for all addresses that were tried, its message naming each distinct failure once.
  static func summary(_ failures: [PostgresError]) -> PostgresError {
    var messages: [String] = []
    for failure in failures where !messages.contains(failure.message) { messages.append(failure.message) }
    let codes = Set(failures.map(\.code))
    return PostgresError(
      codes.count == 1 ? failures[0].code : .connectionFailed,
      "none of \(failures.count) addresses could be connected to: \(messages.joined(separator: "; "))",
      causes: failures)
  }

  private static let authenticationWords = [
    "authentication failed", "no pg_hba.conf entry", "pg_hba.conf rejects", "authentication method",
    "role \"",
    "no password supplied",
  ]

  /// A message's lines as one, those that begin a sentence told apart: libpq puts its question (`Is the server running …?`)
  /// on a line of its own.
  private static func sentences(of message: String) -> String {
    var text = ""
    for line in message.split(whereSeparator: \.isNewline).map({ $0.drop { $0 == "\t" } }) {
      let beginsSentence = line.first?.isUppercase == true && text.last.map { !".?!:;,".contains($0) } == true
      text += text.isEmpty ? "" : beginsSentence ? ". " : " "
      text += line
    }
    return text
  }

  /// The message without libpq's lead `connection to server at "…", port … failed: `, which the endpoint says better.
  private static func withoutPrefix(_ message: String) -> String {
    guard message.hasPrefix("connection to server "), let lead = find(" failed: ", in: message) else {
      return message
    }
    return String(message[lead.upperBound...])
  }

  private static func find(_ needle: String, in text: String) -> Range<String.Index>? {
    for start in text.indices {
      if let end = text.index(start, offsetBy: needle.count, limitedBy: text.endIndex),
        text[start..<end] == needle
      {
        return start..<end
      }
    }
    return nil
  }
}

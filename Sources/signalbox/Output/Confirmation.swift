import Display
import Glibc
import Migrations
import Postgres

/// Asks before something is changed; on a protected target for the database's name, typed out.
struct Confirmation {
  /// Whether the question was answered on the command line.
  let isGiven: Bool
  /// The name of a protected database, given on the command line.
  var typedName: String?
  let target: Target
  let session: TargetSession

  /// Asks the question.
  ///
  /// - Throws: ``CommandFailure`` if there is nobody to ask, or another database was named.
  func ask(_ question: String) throws -> Bool {
    let database = session.connection.server.database
    if target.isProtected { return try askForName(question, database) }
    if isGiven { return true }
    guard isatty(STDIN_FILENO) == 1 else {
      throw CommandFailure(.usage, "nobody is there to confirm", advice: "give --yes to go on without asking")
    }
    Output.prompt("\(harmless(question)) [y/N] ")
    let answer = readLine() ?? ""
    return ["y", "yes"].contains(answer.lowercased())
  }

  private func askForName(_ question: String, _ database: String) throws -> Bool {
    if let typedName {
      guard typedName == database else {
        throw CommandFailure(
          .usage, "--confirm names \"\(typedName)\", but this is \"\(database)\"",
          advice: "nothing was done; look which database is meant")
      }
      return true
    }
    guard isatty(STDIN_FILENO) == 1 else {
      throw CommandFailure(
        .usage, "this target is protected: its name must be typed out on a terminal",
        advice: "run the command in a terminal, or give --confirm \(database)")
    }
    Output.prompt("\(harmless(question)) The target is protected: type the database's name to go on: ")
    return readLine() == database
  }

  /// Asks for each widening that is not acknowledged on the command line to be acknowledged by typing what widens.
  ///
  /// - Throws: ``CommandFailure`` if there is nobody to ask.
  func acknowledge(_ acknowledgement: AccessAcknowledgement, given: [String]) throws -> Bool {
    let rest = AccessAcknowledgement(acknowledgement.unacknowledged(by: given))
    guard !rest.widenings.isEmpty else { return true }
    guard isatty(STDIN_FILENO) == 1 else {
      let options = rest.phrases.map { "--acknowledge-access \"\($0)\"" }.joined(separator: " ")
      throw CommandFailure(
        .usage, "these migrations widen access on a protected target, and nobody acknowledged it",
        advice: "see `signalbox plan`, then give \(options)")
    }
    let text = AccessSentenceText(style: TextStyle(ColorChoice.auto, descriptor: STDERR_FILENO))
    for sentence in AccessChange(rest.widenings).sentences {
      for line in text.lines(of: sentence) { Output.error(line) }
    }
    for phrase in rest.phrases {
      Output.prompt("This widens access. Type what it widens to acknowledge it: \(harmless(phrase)): ")
      guard readLine() == phrase else { return false }
    }
    return true
  }
}

import Display
import Glibc
import Postgres

/// Asks before something is changed; on a protected target for the database's name, typed out.
struct Confirmation {
  let isGiven: Bool
  let target: Target
  let session: TargetSession

  /// Asks the question.
  ///
  /// - Throws: ``CommandFailure`` if there is nobody to ask.
  func ask(_ question: String) throws -> Bool {
    let database = session.connection.server.database
    if target.isProtected {
      guard isatty(STDIN_FILENO) == 1 else {
        throw CommandFailure(
          .usage, "this target is protected: its name must be typed out on a terminal",
          advice: "run the command in a terminal")
      }
      Output.prompt("\(harmless(question)) The target is protected: type the database's name to go on: ")
      return readLine() == database
    }
    if isGiven { return true }
    guard isatty(STDIN_FILENO) == 1 else {
      throw CommandFailure(.usage, "nobody is there to confirm", advice: "give --yes to go on without asking")
    }
    Output.prompt("\(harmless(question)) [y/N] ")
    let answer = readLine() ?? ""
    return ["y", "yes"].contains(answer.lowercased())
  }
}

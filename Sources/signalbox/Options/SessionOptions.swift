import ArgumentParser
import Migrations

/// How a session of the console is held: on the screen, from a script, recorded.
struct SessionOptions: ParsableArguments, Sendable {
  @Option(
    help: ArgumentHelp(
      "Play a script instead of opening the terminal.",
      discussion:
        "Its steps are wait TEXT, rest, keys KEY…, type TEXT, size COLUMNSxROWS, dump [FILE], picture NAME [SIZE…] [THEME…].",
      valueName: "file"))
  var script: String?

  @Option(help: ArgumentHelp("Where the pictures of a script go.", valueName: "directory"))
  var picture: String?

  @Option(
    help: ArgumentHelp(
      "Record the session as an asciicast, without passwords; the file must not be there yet.",
      valueName: "file"))
  var record: String?

  func validate() throws {
    if picture != nil, script == nil { throw ValidationError("--picture needs a --script that makes them.") }
  }

  /// The script, if there is one.
  ///
  /// - Throws: ``CommandFailure`` with the line that cannot be read.
  func readScript() throws -> ConsoleScript? {
    guard let script else { return nil }
    let text = String(decoding: try FileSystem.local.read(script), as: UTF8.self)
    return try ConsoleScript(parsing: text, file: script)
  }
}

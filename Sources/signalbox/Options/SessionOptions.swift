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

  @Flag(
    help: ArgumentHelp(
      "Hold the session in plain lines: for screen readers and terminals that cannot place a cursor.",
      discussion: "With TERM=dumb it is so anyway."))
  var accessible = false

  @Option(help: ArgumentHelp("Where the pictures of a script go.", valueName: "directory"))
  var picture: String?

  @Option(
    help: ArgumentHelp(
      "Record the session as an asciicast, without passwords; the file must not be there yet.",
      valueName: "file"))
  var record: String?

  func validate() throws {
    if accessible, script != nil { throw ValidationError("--accessible and --script exclude each other.") }
    if accessible, record != nil {
      throw ValidationError("--record writes what the screen shows; script(1) records plain lines.")
    }
    if picture != nil, script == nil { throw ValidationError("--picture needs a --script that makes them.") }
  }

  /// Whether the session is held in plain lines.
  var isPlain: Bool { accessible || (script == nil && Environment.variable("TERM") == "dumb") }

  /// The script, if there is one.
  ///
  /// - Throws: ``CommandFailure`` with the line that cannot be read.
  func readScript() throws -> ConsoleScript? {
    guard let script else { return nil }
    let text = String(decoding: try FileSystem.local.read(script), as: UTF8.self)
    return try ConsoleScript(parsing: text, file: script)
  }
}

import Console
import Glibc
import Processes

/// The operator's editor.
enum Editor {
  /// Opens a file at a line and waits for the editor's end; nil if all went well.
  static func open(_ file: String, line: Int?) -> Trouble? {
    let name = Environment.variable("VISUAL") ?? Environment.variable("EDITOR") ?? "vi"
    var words = name.split(separator: " ").map(String.init)
    // Nearly every editor understands +LINE; those that do not open a second, empty file at worst.
    if let line { words.append("+\(line)") }
    words.append(file)
    let program = words.removeFirst()
    let launch = ProcessLaunch(program, words, input: .inherited, output: .inherited, errors: .inherited)
    do {
      _ = ProcessExit.wait(for: try launch.start())
    } catch {
      return Trouble(
        "the editor \"\(name)\" cannot be started: \(error.reason)", advice: "set EDITOR to the one you use")
    }
    return nil
  }
}

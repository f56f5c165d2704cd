import Console
import Glibc

/// The operator's editor.
enum Editor {
  /// Opens a file at a line and waits for the editor's end; nil if all went well.
  static func open(_ file: String, line: Int?) -> Trouble? {
    let name = Environment.variable("VISUAL") ?? Environment.variable("EDITOR") ?? "vi"
    var words = name.split(separator: " ").map(String.init)
    // Nearly every editor understands +LINE; those that do not open a second, empty file at worst.
    if let line { words.append("+\(line)") }
    words.append(file)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The editor must hear ^C and resizes, whatever this process blocks or ignores.
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var arguments = words.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    let code = posix_spawnp(&process, words.first ?? "vi", nil, &attributes, arguments, environ)
    guard code == 0 else {
      return Trouble(
        "the editor \"\(name)\" cannot be started: \(String(cString: strerror(code)))",
        advice: "set EDITOR to the one you use")
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    return nil
  }
}

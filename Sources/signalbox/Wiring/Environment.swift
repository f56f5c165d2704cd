import Glibc

/// The process's environment variables.
enum Environment {
  /// The value of a variable, or nil if it is not set.
  static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// Whether the locale writes UTF-8; where nothing names a locale, it does.
  static var speaksUTF8: Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { variable($0) }.filter { !$0.isEmpty }
    guard let locale = names.first?.lowercased() else { return true }
    return locale.hasSuffix("utf-8") || locale.hasSuffix("utf8")
  }

  /// Whether the terminal is somewhere else (sshd(8), mosh(1)).
  static var isRemote: Bool { ["SSH_CONNECTION", "SSH_TTY"].contains { variable($0) != nil } }

  /// All variables.
  static func all() -> [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee.map({ String(cString: $0) }) {
      entry += 1
      guard let sign = text.firstIndex(of: "=") else { continue }
      variables[String(text[..<sign])] = String(text[text.index(after: sign)...])
    }
    return variables
  }
}

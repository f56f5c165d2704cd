import Glibc

/// The process's environment variables.
enum Environment {
  /// The value of a variable, or nil if it is not set.
  static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

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

/// Keeps passwords out of messages and descriptions.
enum SecretRedaction {
  private static let secrets: Set<String> = [
    "password", "sslpassword", "oauth_client_secret", "scram_client_key",
  ]

  static func redacted(_ parameters: [String: String]) -> [String: String] {
    parameters.filter { !secrets.contains($0.key) }
  }

  static func secrets(of parameters: [String: String]) -> [String] {
    parameters.filter { secrets.contains($0.key) }.values.sorted()
  }

  /// libpq's message about a connection string that it cannot parse, without the pieces of the string.
  ///
  /// libpq quotes the piece that it stumbled over, or the whole string; either may be part of a password. Only the
  /// name of an unknown option and single characters are kept.
  static func redacted(parseFailure message: String) -> String {
    let namesOption =
      message.hasPrefix("invalid connection option") || message.hasPrefix("invalid URI query parameter")
    if namesOption { return message }
    var result = ""
    var rest = message[...]
    while let open = rest.firstIndex(of: "\"") {
      let from = rest.index(after: open)
      result += rest[..<from]
      // A lone character in quotes is libpq's own; anything longer ends, at worst, with the message.
      if let close = rest.index(from, offsetBy: 1, limitedBy: rest.endIndex), close < rest.endIndex,
        rest[close] == "\""
      {
        result += rest[from...close]
        rest = rest[rest.index(after: close)...]
      } else if let marker = Self.end(of: rest[from...]) {
        result += "…\""
        rest = rest[marker...]
      } else {
        return result + "…\""
      }
    }
    return result + rest
  }

  /// Where libpq's own words go on after a quoted piece, which may hold quotes itself.
  private static func end(of quoted: Substring) -> Substring.Index? {
    let continuation = "\" in connection info string"
    guard quoted.hasSuffix(continuation) else { return nil }
    return quoted.index(quoted.endIndex, offsetBy: 1 - continuation.count)
  }
}

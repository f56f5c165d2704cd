import CLibpq

/// libpq's array of connection options, read and parsed.
enum ConnectionOptions {
  /// The options that have a value; the array ends with an entry without a keyword.
  static func read(_ options: UnsafeMutablePointer<PQconninfoOption>) -> [String: String] {
    var parameters: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val { parameters[String(cString: keyword)] = String(cString: value) }
      option += 1
    }
    return parameters
  }

  /// Parses a connection string; the failure is libpq's message.
  static func parse(_ text: String) -> Result<[String: String], ParseFailure> {
    var message: UnsafeMutablePointer<CChar>?
    guard let options = PQconninfoParse(text, &message) else {
      defer { PQfreemem(message) }
      return .failure(ParseFailure(message: LibpqConnection.trimmed(message)))
    }
    defer { PQconninfoFree(options) }
    return .success(read(options))
  }

  struct ParseFailure: Error { let message: String }
}

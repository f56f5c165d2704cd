/// A connection address as a person wrote it, read leniently: also one that libpq refuses, or misunderstands.
///
/// Holds no password, only what is odd about it, so that it may be shown.
public struct ConnectionAddress: Sendable, Hashable {
  /// Whether it is a URL rather than `key=value` pairs.
  public var isURL: Bool
  /// What stands before `://`.
  public var scheme: String?
  /// The user, decoded as little as the writer has encoded it.
  public var user: String?
  /// What is odd about the password; nil if there is none.
  public var password: PasswordFacts?
  /// The hosts with their ports, in order.
  public var hosts: [HostAndPort]
  /// The database.
  public var database: String?
  /// The names of the parameters after `?`.
  public var parameters: [String]
  /// What somebody was to replace, as it stands there (`[YOUR-PASSWORD]`).
  public var placeholders: [String]
  /// Whether quotes stand around it.
  public var isQuoted: Bool

  /// A server of an address.
  public struct HostAndPort: Sendable, Hashable {
    /// The host; empty where none is given.
    public var host: String
    /// The port; nil where none is given.
    public var port: String?

    /// Makes a server from its parts.
    public init(host: String, port: String? = nil) {
      self.host = host
      self.port = port
    }
  }

  /// Reads an address.
  public init(parsing text: String) {
    var text = text[...].trimmed
    isQuoted = text.count >= 2 && (text.first == "\"" || text.first == "'") && text.last == text.first
    if isQuoted { text = text.dropFirst().dropLast() }
    hosts = []
    parameters = []
    placeholders = Placeholder.all(in: text)
    guard let separator = text.firstRange(ofText: "://") else {
      isURL = false
      readPairs(text)
      return
    }
    isURL = true
    scheme = String(text[..<separator.lowerBound])
    var rest = text[separator.upperBound...]
    if let at = Self.endOfUserInformation(in: rest) {
      let information = rest[..<at]
      rest = rest[rest.index(after: at)...]
      let colon = information.firstIndex(of: ":")
      user = String(information[..<(colon ?? information.endIndex)])
      if let colon { password = PasswordFacts(inURL: information[information.index(after: colon)...]) }
    }
    readServersAndDatabase(rest)
  }

  /// The `@` before the host: the last one after which a host can follow, because a password may hold some, too.
  private static func endOfUserInformation(in text: Substring) -> Substring.Index? {
    var candidates = text.indices.filter { text[$0] == "@" }
    while let candidate = candidates.popLast() {
      let host = text[text.index(after: candidate)...].prefix { $0 != "/" && $0 != "?" }
      let isHost = host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_:,[]%<>".contains($0)) }
      if isHost { return candidate }
    }
    return nil
  }

  private mutating func readServersAndDatabase(_ text: Substring) {
    let query = text.firstIndex(of: "?")
    let place = text[..<(query ?? text.endIndex)]
    if let query {
      for pair in text[text.index(after: query)...].split(separator: "&") {
        let parts = pair.split(separator: "=", maxSplits: 1)
        guard let name = parts.first else { continue }
        parameters.append(String(name))
        if name == "host", parts.count == 2 {
          hosts = [HostAndPort(host: String(parts[1]))]
        }
      }
    }
    let slash = place.firstIndex(of: "/")
    if let slash, place.index(after: slash) < place.endIndex {
      database = String(place[place.index(after: slash)...])
    }
    for server in place[..<(slash ?? place.endIndex)].split(separator: ",") {
      if server.first == "[", let end = server.firstIndex(of: "]") {
        let port = server[server.index(after: end)...].drop { $0 == ":" }
        hosts.append(
          HostAndPort(
            host: String(server[server.index(after: server.startIndex)..<end]),
            port: port.isEmpty ? nil : String(port)))
      } else {
        let colon = server.lastIndex(of: ":")
        hosts.append(
          HostAndPort(
            host: String(server[..<(colon ?? server.endIndex)]),
            port: colon.map { String(server[server.index(after: $0)...]) }))
      }
    }
  }

  /// Reads `key=value` pairs as far as a diagnosis needs them: values without spaces, and quoted ones.
  private mutating func readPairs(_ text: Substring) {
    var values: [String: String] = [:]
    var rest = text.trimmed
    while let sign = rest.firstIndex(of: "=") {
      let key = String(rest[..<sign].trimmed)
      rest = rest[rest.index(after: sign)...].trimmed
      var value = ""
      if rest.first == "'" {
        rest = rest.dropFirst()
        while let character = rest.popFirst(), character != "'" {
          if character == "\\", let next = rest.popFirst() {
            value.append(next)
          } else {
            value.append(character)
          }
        }
      } else {
        value = String(rest.prefix { !$0.isWhitespace })
        rest = rest.dropFirst(value.count)
      }
      rest = rest.trimmed
      values[key] = value
      if key == "password" { password = PasswordFacts(plain: value) } else { parameters.append(key) }
    }
    user = values["user"]
    database = values["dbname"]
    let ports = (values["port"] ?? "").split(separator: ",").map(String.init)
    for (index, host) in (values["host"] ?? values["hostaddr"] ?? "").split(separator: ",").enumerated() {
      hosts.append(
        HostAndPort(host: String(host), port: ports.indices.contains(index) ? ports[index] : ports.first))
    }
  }
}

extension Substring {
  /// The text without white space at its ends.
  var trimmed: Substring {
    var text = drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  /// Where another text first occurs in this one.
  func firstRange(ofText needle: String) -> Range<Index>? {
    for start in indices {
      if let end = index(start, offsetBy: needle.count, limitedBy: endIndex), self[start..<end] == needle[...]
      {
        return start..<end
      }
    }
    return nil
  }
}

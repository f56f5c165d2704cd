import Schema

/// One of the two made-up users in whose names a probe makes rows.
public enum ProbeUser: String, Sendable, Hashable, CaseIterable {
  /// The one who asks.
  case first = "A"
  /// The one whose rows the first should not reach.
  case second = "B"

  /// The user's id, the same in every probe.
  var id: String {
    switch self {
    case .first: "5160a1b0-0000-4000-8000-00000000000a"
    case .second: "5160a1b0-0000-4000-8000-00000000000b"
    }
  }

  /// An address that can reach nobody (RFC 2606).
  var email: String { "probe-\(rawValue.lowercased())@signalbox.invalid" }

  /// What PostgREST would set for a request in a role: the claims as JSON, and one by one as before version 9.
  ///
  /// Without a user the token holds nothing but the role.
  ///
  /// - Parameter claims: what the token holds beside who it is, by path.
  static func settings(
    of user: ProbeUser?, as role: String, claims: [[String]: String] = [:]
  ) -> [RoleStatement.Setting] {
    var token = TokenObject()
    token.set(["role"], role)
    if let user {
      token.set(["sub"], user.id)
      token.set(["email"], user.email)
      token.set(["aud"], "authenticated")
      token.make(["user_metadata"])
      token.make(["app_metadata"])
      for (path, value) in claims.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
        token.set(path, value)
      }
    }
    let older = claims.filter { $0.key.count == 1 }.sorted { $0.key[0] < $1.key[0] }.map { path, value in
      RoleStatement.Setting("request.jwt.claim.\(path[0])", value)
    }
    return [
      .init("request.jwt.claims", token.json), .init("request.jwt.claim.sub", user?.id ?? ""),
      .init("request.jwt.claim.role", role), .init("request.jwt.claim.email", user?.email ?? ""),
    ] + older.filter { Self.isSettingName($0.name) }
  }

  /// Whether the server takes a name of two or more parts as that of a setting.
  private static func isSettingName(_ name: String) -> Bool {
    name.utf8.allSatisfy { byte in
      byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
        || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
    }
  }
}

/// A JSON object of texts and further objects, in the order in which they come.
private struct TokenObject {
  private indirect enum Value {
    case text(String)
    case object(TokenObject)
  }

  private var members: [(name: String, value: Value)] = []

  mutating func set(_ path: [String], _ text: String) {
    guard let first = path.first else { return }
    guard path.count > 1 else {
      put(first, .text(text))
      return
    }
    var inner = object(first)
    inner.set(Array(path.dropFirst()), text)
    put(first, .object(inner))
  }

  mutating func make(_ path: [String]) {
    if let first = path.first { put(first, .object(object(first))) }
  }

  private func object(_ name: String) -> TokenObject {
    if case .object(let inner)? = members.first(where: { $0.name == name })?.value { return inner }
    return TokenObject()
  }

  private mutating func put(_ name: String, _ value: Value) {
    if let place = members.firstIndex(where: { $0.name == name }) {
      members[place].value = value
    } else {
      members.append((name, value))
    }
  }

  var json: String {
    let texts = members.map { member in
      switch member.value {
      case .text(let text): "\(Self.quoted(member.name)): \(Self.quoted(text))"
      case .object(let inner): "\(Self.quoted(member.name)): \(inner.json)"
      }
    }
    return "{\(texts.joined(separator: ", "))}"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case _ where scalar.value < 0x20:
        result += "\\u00\(scalar.value < 0x10 ? "0" : "")\(String(scalar.value, radix: 16))"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

import Schema

/// Makes values of the types that columns have: harmless, the same in every probe, different where they must be.
struct SeedValue: Sendable {
  let snapshot: Snapshot

  /// A value as an SQL literal without its type, or nil for a type of which no value is known.
  ///
  /// - Parameters:
  ///   - salt: What makes the value different from others, where it must be unique.
  ///   - isUnique: Whether it must be.
  func literal(_ type: String, limits: ColumnLimits, salt: String, isUnique: Bool) -> String? {
    if type.hasSuffix("[]") { return "'{}'" }
    let (base, size) = Self.split(type)
    if let choice = limits.choices.first { return SQLLiteral.text(choice) }
    let hash = Self.hash(salt)
    switch base {
    case "uuid": return SQLLiteral.text(Self.uuid(salt))
    case "text", "character varying", "character", "name", "citext", "extensions.citext", "public.citext":
      return text(limits: limits, size: size, hash: hash)
    case "smallint", "integer", "bigint", "numeric", "real", "double precision":
      return number(base, limits: limits, hash: hash, isUnique: isUnique)
    case "boolean": return "false"
    case "json", "jsonb": return "'{}'"
    case "date": return "'\(isUnique ? Self.day(hash) : "2000-01-01")'"
    case "timestamp without time zone", "timestamp with time zone":
      return "'\(isUnique ? Self.day(hash) : "2000-01-01") 00:00:00+00'"
    case "time without time zone", "time with time zone": return "'00:00:00+00'"
    case "interval": return "'1 day'"
    case "inet", "cidr": return "'192.0.2.1'"
    case "macaddr": return "'00:00:5e:00:53:00'"
    case "bytea": return isUnique ? "'\\x\(Self.hexadecimal(hash))'" : "'\\x00'"
    case "money", "oid": return "0"
    case "tsvector", "xml": return "''"
    case "vector", "public.vector", "extensions.vector":
      return size.map { "'[\(Array(repeating: "1", count: $0).joined(separator: ","))]'" }
    default:
      if base.hasSuffix("range") { return "'empty'" }
      return declared(type, limits: limits, salt: salt, isUnique: isUnique)
    }
  }

  /// Whether a type is a domain that accepts no NULL.
  func forbidsNull(_ type: String) -> Bool {
    guard case .name(let parts)? = ExpressionItem.items(of: type).first, parts.count == 2 else {
      return false
    }
    let domain = snapshot[ObjectIdentity(.domain, schema: parts[0], name: parts[1])]?.definition ?? ""
    return Self.pieces(of: domain, at: " NOT NULL").count > 1
  }

  /// A label of an enumerated type, or a value of what a domain is made of.
  private func declared(_ type: String, limits: ColumnLimits, salt: String, isUnique: Bool) -> String? {
    guard case .name(let parts)? = ExpressionItem.items(of: type).first, let name = parts.last else {
      return nil
    }
    let schema = parts.count > 1 ? parts[0] : "pg_catalog"
    if let domain = snapshot[ObjectIdentity(.domain, schema: schema, name: name)]?.definition {
      let words = ["DEFAULT ", "NOT NULL", "CONSTRAINT "]
      let base = words.reduce(domain) { text, word in Self.head(of: text, before: " \(word)") }
      let checks = Self.tails(of: domain, behind: "CHECK ")
      return literal(base, limits: ColumnLimits(of: "value", in: checks), salt: salt, isUnique: isUnique)
    }
    guard let type = snapshot[ObjectIdentity(.type, schema: schema, name: name)],
      type.definition.hasPrefix("ENUM"),
      case .group(let labels)? = ExpressionItem.items(of: type.definition).last,
      case .string(let first)? = labels.first
    else { return nil }
    return SQLLiteral.text(first)
  }

  private func text(limits: ColumnLimits, size: Int?, hash: UInt64) -> String {
    if let pattern = limits.pattern, let text = PatternExample.text(for: pattern, seed: hash) {
      return SQLLiteral.text(text)
    }
    var text = "signalbox-\(Self.hexadecimal(hash))"
    if let minimum = limits.minimumLength {
      while text.count < minimum { text += "x" }
    }
    if let maximum = [limits.maximumLength, size].compactMap({ $0 }).min(), text.count > maximum {
      text = String(text.suffix(max(0, maximum)))
    }
    return SQLLiteral.text(text)
  }

  private func number(_ type: String, limits: ColumnLimits, hash: UInt64, isUnique: Bool) -> String {
    let lower = limits.minimum ?? (isUnique ? Self.uniqueFloor[type] ?? 1_900_000_000 : 0)
    let upper = limits.maximum ?? lower + (isUnique ? Self.uniqueSpan[type] ?? 100_000_000 : 1)
    guard isUnique, upper > lower else { return Self.plain(lower) }
    return Self.plain(lower + Double(hash % UInt64(max(1, min(upper - lower, 1e15)))))
  }

  private static let uniqueFloor: [String: Double] = ["smallint": 20_000, "numeric": 0]
  private static let uniqueSpan: [String: Double] = ["smallint": 12_000, "numeric": 9]

  /// One of some thousand days.
  private static func day(_ hash: UInt64) -> String {
    func two(_ number: UInt64) -> String { number < 10 ? "0\(number)" : String(number) }
    return "20\(two(hash % 30))-\(two(1 + hash / 30 % 12))-\(two(1 + hash / 360 % 28))"
  }

  private static func plain(_ number: Double) -> String {
    number == number.rounded(.towardZero) && abs(number) < 1e15 ? String(Int(number)) : String(number)
  }

  /// A version-4 UUID out of a text.
  static func uuid(_ salt: String) -> String {
    let digits = Array(hexadecimal(hash(salt)) + hexadecimal(hash(salt + "+")))
    let groups = [
      String(digits[0..<8]), String(digits[8..<12]), "4" + String(digits[13..<16]),
      "8" + String(digits[17..<20]), String(digits[20..<32]),
    ]
    return groups.joined(separator: "-")
  }

  /// FNV-1a, 64 bits.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  private static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// A type without its size, and its size: `character varying(40)`.
  private static func split(_ type: String) -> (base: String, size: Int?) {
    guard let open = type.firstIndex(of: "("), let close = type.firstIndex(of: ")") else {
      return (type, nil)
    }
    let rest = type[type.index(after: close)...]
    return (String(type[..<open]) + rest, Int(type[type.index(after: open)..<close]))
  }

  private static func head(of text: String, before mark: String) -> String {
    pieces(of: text, at: mark).first ?? text
  }

  private static func tails(of text: String, behind mark: String) -> [String] {
    Array(pieces(of: text, at: mark).dropFirst())
  }

  private static func pieces(of text: String, at mark: String) -> [String] {
    let bytes = Array(text.utf8)
    let sought = Array(mark.utf8)
    var pieces: [String] = []
    var start = 0
    var position = 0
    while position + sought.count <= bytes.count {
      if bytes[position..<position + sought.count].elementsEqual(sought) {
        pieces.append(String(decoding: bytes[start..<position], as: UTF8.self))
        position += sought.count
        start = position
      } else {
        position += 1
      }
    }
    return pieces + [String(decoding: bytes[start...], as: UTF8.self)]
  }
}

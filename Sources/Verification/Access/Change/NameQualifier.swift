import Schema
import Script

/// Puts the schemas into a statement's expressions that the server puts there: before functions, and before the
/// relations of sub-selects.
struct NameQualifier {
  /// The relations that the statement uses.
  let relations: [ObjectIdentity]
  private let relationSchemas: [String: String]
  private let functionSchemas: [String: String]

  init(_ statement: Statement) {
    let used = statement.effects.filter { $0.action == .uses && !$0.isLateBound }.map(\.object)
    relations = Set(used.filter(\.isRelation)).sorted()
    relationSchemas = Self.schemas(of: relations)
    functionSchemas = Self.schemas(
      of: used.filter { [.function, .procedure, .aggregate].contains($0.kind) })
  }

  private static func schemas(of objects: [ObjectIdentity]) -> [String: String] {
    Dictionary(
      objects.compactMap { object in object.schema.map { (object.name, $0) } }, uniquingKeysWith: { $1 })
  }

  /// A detail with the schemas in its expressions.
  func qualified(_ detail: ObjectDetail) -> ObjectDetail {
    guard case .policy(var policy) = detail else { return detail }
    policy.using = policy.using.map(text)
    policy.check = policy.check.map(text)
    return .policy(policy)
  }

  /// The expression with schemas before the names that have none.
  private func text(_ expression: String) -> String {
    let bytes = Array(expression.utf8)
    var result: [UInt8] = []
    var position = 0
    var last = ""
    while position < bytes.count {
      let byte = bytes[position]
      let start = position
      if byte == UInt8(ascii: "'") {
        position = Self.end(ofQuoted: byte, bytes, position)
        last = "'"
      } else if byte == UInt8(ascii: "\"") || Self.startsName(byte) {
        position =
          byte == UInt8(ascii: "\"")
          ? Self.end(ofQuoted: byte, bytes, position) : Self.end(ofName: bytes, position)
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        let name = byte == UInt8(ascii: "\"") ? String(word.dropFirst().dropLast()) : word.lowercased()
        if last != ".", let schema = schema(of: name, behind: last, before: Self.next(bytes, position)) {
          result += Array("\(Identifier.quoted(schema)).".utf8)
        }
        last = name
      } else {
        position += 1
        if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\t") {
          last = String(decoding: [byte], as: UTF8.self)
        }
      }
      result += bytes[start..<position]
    }
    return String(decoding: result, as: UTF8.self)
  }

  private func schema(of name: String, behind last: String, before next: UInt8?) -> String? {
    if next == UInt8(ascii: "(") {
      // What the server has itself stands without a schema.
      return functionSchemas[name].flatMap { $0 == "pg_catalog" ? nil : $0 }
    }
    guard next != UInt8(ascii: "."), ["from", "join", ","].contains(last) else { return nil }
    return relationSchemas[name]
  }

  private static func next(_ bytes: [UInt8], _ position: Int) -> UInt8? {
    bytes[position...].first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }
  }

  private static func startsName(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || byte == 0x5F || byte >= 0x80
  }

  private static func end(ofName bytes: [UInt8], _ start: Int) -> Int {
    var position = start
    while position < bytes.count, startsName(bytes[position]) || (0x30...0x39).contains(bytes[position]) {
      position += 1
    }
    return position
  }

  private static func end(ofQuoted quote: UInt8, _ bytes: [UInt8], _ start: Int) -> Int {
    var position = start + 1
    while position < bytes.count {
      if bytes[position] == quote {
        position += 1
        guard position < bytes.count, bytes[position] == quote else { return position }
      }
      position += 1
    }
    return position
  }
}

import Script

/// Marks in a file that another tool fills in before it runs it.
enum Placeholders {
  private static let marks = ["${", "{{", "{%", "<%", "$(", "@extschema"]

  /// What to do about a line that no server reads and that has such a mark in it; nil if it has none.
  static func advice(for line: String) -> String? {
    guard let mark = marks.first(where: { line.contains($0) }) else { return nil }
    return
      "`\(mark)` looks like the mark of a template, which another tool fills in: write what it stands for"
  }

  /// The placeholders of Flyway outside comments that have no value.
  static func problems(
    in text: SourceText, values: PlaceholderValues, comments: [ScriptComment]
  ) -> [ScriptProblem] {
    values.places(in: text.bytes).compactMap { place in
      guard values[place.name] == nil,
        !comments.contains(where: { $0.byteRange.contains(place.range.lowerBound) })
      else { return nil }
      let position = text.position(at: place.range.lowerBound)
      return ScriptProblem(
        kind: .psqlVariable,
        message:
          "\(String(decoding: text.bytes[place.range], as: UTF8.self)) is a placeholder of Flyway, which has no value here",
        position: position, line: text.line(position.line) ?? "")
    }
  }
}

/// What stands for the placeholders in a project's files, as Flyway fills them in.
public struct PlaceholderValues: Sendable, Hashable {
  /// Whether they are filled in at all; else the marks are plain text.
  var isReplacing = true
  var prefix = "${"
  var suffix = "}"
  private var values: [String: String] = [:]

  /// One placeholder in a text.
  struct Place {
    var range: Range<Int>
    var name: String
  }

  init() {}

  /// The value of a placeholder; names are told apart without their case.
  subscript(name: String) -> String? {
    get { values[name.lowercased()] }
    set { values[name.lowercased()] = newValue }
  }

  /// The placeholders in a text, in order.
  func places(in bytes: [UInt8]) -> [Place] {
    let (open, close) = (Array(prefix.utf8), Array(suffix.utf8))
    guard let first = open.first, !close.isEmpty else { return [] }
    var places: [Place] = []
    var index = 0
    while let start = bytes[index...].firstIndex(of: first) {
      index = start + 1
      guard bytes[start...].starts(with: open) else { continue }
      // A name that is longer is none.
      let rest = bytes[(start + open.count)...].prefix(100)
      guard let end = rest.indices.first(where: { rest[$0...].starts(with: close) }) else { continue }
      let name = String(decoding: rest[..<end], as: UTF8.self)
      places.append(Place(range: start..<(end + close.count), name: name))
      index = end + close.count
    }
    return places
  }

  /// The text with every placeholder that has a value filled in.
  func filled(_ bytes: [UInt8]) -> [UInt8] {
    guard isReplacing, !values.isEmpty else { return bytes }
    var filled: [UInt8] = []
    var end = 0
    for place in places(in: bytes) {
      guard let value = self[place.name] else { continue }
      filled += bytes[end..<place.range.lowerBound] + Array(value.utf8)
      end = place.range.upperBound
    }
    return end == 0 ? bytes : filled + bytes[end...]
  }
}

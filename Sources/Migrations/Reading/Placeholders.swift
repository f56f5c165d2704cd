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

  /// The placeholders `${name}` of Flyway outside comments, which have no value here.
  static func problems(in text: SourceText, comments: [ScriptComment]) -> [ScriptProblem] {
    let bytes = text.bytes
    var problems: [ScriptProblem] = []
    var index = 0
    while index + 1 < bytes.count {
      defer { index += 1 }
      guard bytes[index] == UInt8(ascii: "$"), bytes[index + 1] == UInt8(ascii: "{"),
        let end = bytes[index...].prefix(100).firstIndex(of: UInt8(ascii: "}")),
        !comments.contains(where: { $0.byteRange.contains(index) })
      else { continue }
      let position = text.position(at: index)
      problems.append(
        ScriptProblem(
          kind: .psqlVariable,
          message:
            "\(String(decoding: bytes[index...end], as: UTF8.self)) is a placeholder of Flyway, which has no value here",
          position: position, line: text.line(position.line) ?? ""))
    }
    return problems
  }
}

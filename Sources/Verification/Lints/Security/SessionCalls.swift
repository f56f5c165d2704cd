/// The calls in an SQL expression that ask for the session's user or settings.
///
/// PostgreSQL calls a function in a policy for each row; in a sub-select that does not depend on the row it calls it
/// once for the query (an InitPlan).
struct SessionCalls {
  /// One of the calls that are made again and again.
  struct Call {
    /// How the call is written.
    var name: String
    /// Whether a sub-select makes it, which may not depend on the row of the policy's table: then for each row that it reads.
    var isInSubselect = false
    fileprivate var range: Range<Int>
  }

  /// What stands between two parentheses.
  private struct Group {
    var isSelect = false
    var hasFrom = false
    var hasWords = false
    var calls: [Call] = []
    /// The call whose arguments these are.
    var call: (name: String, start: Int)?
  }

  private static let functions: Set<String> = [
    "auth.uid", "auth.jwt", "auth.role", "auth.email", "current_setting", "pg_catalog.current_setting",
  ]

  private let bytes: [UInt8]
  private var calls: [Call] = []

  /// Reads an expression.
  init(_ expression: String) {
    bytes = Array(expression.utf8)
    calls = read()
  }

  /// The calls anywhere in a text, in a sub-select or not.
  static func names(in text: String) -> [String] {
    functions.filter { text.text(behind: "\($0)(") != nil }.sorted()
  }

  /// The call that is made most often, of one expression or two; nil if none is made for each row.
  static func worst(_ expressions: SessionCalls?...) -> Call? {
    let calls = expressions.flatMap { $0?.calls ?? [] }
    return calls.first { !$0.isInSubselect } ?? calls.first
  }

  /// The expression with each of these calls in a sub-select.
  var wrapped: String {
    var text: [UInt8] = []
    var position = 0
    for call in calls {
      text += bytes[position..<call.range.lowerBound] + Array("(SELECT ".utf8) + bytes[call.range]
      text.append(UInt8(ascii: ")"))
      position = call.range.upperBound
    }
    return String(decoding: text + bytes[position...], as: UTF8.self)
  }

  private func read() -> [Call] {
    var groups = [Group()]
    var lastWord: (text: String, start: Int, end: Int)?
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        position = end(ofQuoted: byte, from: position)
      case UInt8(ascii: "("):
        var group = Group()
        if let word = lastWord, word.end == position, Self.functions.contains(word.text) {
          group.call = (word.text, word.start)
        }
        groups.append(group)
        position += 1
      case UInt8(ascii: ")"):
        position += 1
        guard groups.count > 1, let closed = groups.popLast() else { continue }
        var rising = closed.isSelect && !closed.hasFrom ? [] : closed.calls
        if closed.isSelect { for place in rising.indices { rising[place].isInSubselect = true } }
        if let call = closed.call {
          rising = [Call(name: "\(call.name)()", range: call.start..<position)]
        }
        groups[groups.count - 1].calls += rising
      case _ where Self.isWordByte(byte):
        let start = position
        while position < bytes.count, Self.isWordByte(bytes[position]) { position += 1 }
        let word = String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
        let last = groups.count - 1
        if !groups[last].hasWords { groups[last].isSelect = word == "select" }
        groups[last].hasWords = true
        if word == "from", lastWord?.text != "distinct" { groups[last].hasFrom = true }
        lastWord = (word, start, position)
      default:
        position += 1
      }
    }
    return groups.flatMap(\.calls)
  }

  private func end(ofQuoted quote: UInt8, from start: Int) -> Int {
    var position = start + 1
    while position < bytes.count {
      if bytes[position] == quote {
        guard position + 1 < bytes.count, bytes[position + 1] == quote else { return position + 1 }
        position += 1
      }
      position += 1
    }
    return position
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "$"), 0x80...:
      true
    default: false
    }
  }
}

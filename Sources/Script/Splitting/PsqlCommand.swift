/// One backslash command of psql, as a range of bytes.
struct PsqlCommand {
  /// From the backslash to the last byte of the arguments.
  var range: Range<Int>
  /// The name with its backslash; unlike SQL's key words it is exact.
  var name: String
  /// Where reading goes on: behind `\\`, at the next backslash, or at the end of the line.
  var resumesAt: Int

  /// Reads the command whose backslash stands at `start` (psql's `psqlscanslash.l`).
  ///
  /// A command ends with its line at the latest. Quotes (`'`, `"`, `` ` ``) protect backslashes in arguments; elsewhere
  /// `\\` ends the command, and a single backslash begins the next.
  init(at start: Int, in bytes: [UInt8]) {
    let backslash = UInt8(ascii: "\\")
    var index = start + 1
    if index < bytes.count,
      bytes[index] == backslash || bytes[index] == UInt8(ascii: ";")
        || bytes[index] == UInt8(ascii: ":")
    {
      index += 1
      range = start..<index
      name = String(decoding: bytes[range], as: UTF8.self)
      resumesAt = index
      return
    }
    while index < bytes.count, !bytes[index].isSpace, bytes[index] != backslash { index += 1 }
    let endOfName = index
    name = String(decoding: bytes[start..<endOfName], as: UTF8.self)
    let takesWholeLine = Self.wholeLineCommands.contains(name)
    var quote: UInt8?
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
      let byte = bytes[index]
      if takesWholeLine {
        index += 1
      } else if let open = quote {
        if byte == open { quote = nil }
        let escapes = byte == backslash && open == UInt8(ascii: "'")
        index += escapes && index + 1 < bytes.count && bytes[index + 1] != UInt8(ascii: "\n") ? 2 : 1
      } else if byte == backslash {
        break
      } else {
        if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") {
          quote = byte
        }
        index += 1
      }
    }
    resumesAt = index
    if index + 1 < bytes.count, bytes[index] == backslash, bytes[index + 1] == backslash {
      resumesAt = index + 2
    }
    while index > endOfName, bytes[index - 1].isSpace { index -= 1 }
    range = start..<index
  }

  private static let wholeLineCommands: Set<String> = [
    #"\!"#, #"\copy"#, #"\h"#, #"\help"#, #"\ef"#, #"\ev"#, #"\sf"#, #"\sv"#,
  ]

  /// Whether it ends the statement before it, by sending or by forgetting it.
  var endsStatement: Bool { Self.endingCommands.contains(name) }

  private static let endingCommands: Set<String> = [
    #"\;"#, #"\g"#, #"\gx"#, #"\gset"#, #"\gexec"#, #"\gdesc"#, #"\watch"#, #"\crosstabview"#, #"\r"#,
    #"\reset"#, #"\bind_named"#, #"\parse"#, #"\q"#, #"\quit"#, #"\sendpipeline"#,
  ]

  /// Whether it is a mark within SQL rather than a command with a place of its own.
  var isMark: Bool { name == #"\;"# || name == #"\:"# || name == #"\\"# }

  /// Whether it is a `\copy … from stdin`, whose rows follow in the file.
  func readsData(in bytes: [UInt8]) -> Bool {
    guard name == #"\copy"# else { return false }
    var lexer = SQLLexer(bytes, from: range.lowerBound + name.utf8.count, to: range.upperBound)
    var sawFrom = false
    while let token = lexer.next() {
      guard token.kind == .word else {
        sawFrom = false
        continue
      }
      if sawFrom, bytes.spell("stdin", at: token.range) { return true }
      sawFrom = bytes.spell("from", at: token.range)
    }
    return false
  }
}

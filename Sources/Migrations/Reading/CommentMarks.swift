import Script

/// What comments in a migration's file tell its runner.
enum CommentMarks {
  /// A name behind `-- requires:`, with its place.
  struct RequiredName: Sendable, Hashable {
    var name: String
    var position: SourcePosition
  }

  /// The names behind `-- requires: ID, ID` in lines of their own.
  ///
  /// A line with anything but names behind the colon is a sentence for people and says nothing here.
  static func requiredNames(in text: SourceText) -> [RequiredName] {
    var found: [RequiredName] = []
    for (index, range) in text.lineRanges.enumerated() {
      let line = text.bytes[range]
      guard let start = valueStart(of: "requires", in: line) else { continue }
      let value = String(decoding: line[start...], as: UTF8.self)
      let names = value.split(separator: ",").map { trimmed($0) }
      guard !names.isEmpty, names.allSatisfy({ !$0.isEmpty && !$0.contains(" ") }) else { continue }
      var column = 1 + characters(line[line.startIndex..<start])
      var rest = Substring(value)
      for name in names {
        while let first = rest.first, first == " " || first == "\t" || first == "," {
          rest.removeFirst()
          column += 1
        }
        found.append(
          RequiredName(name: String(name), position: SourcePosition(line: index + 1, column: column)))
        rest = rest.dropFirst(name.count)
        column += name.unicodeScalars.count
      }
    }
    return found
  }

  /// Whether a comment of one of the known tools forbids a transaction around the file.
  static func forbidsTransaction(in text: SourceText) -> Bool {
    text.lineRanges.contains { range in
      let line = text.bytes[range]
      guard line.count < 120, let first = line.first(where: { $0 != 0x20 && $0 != 0x09 }), first == 0x2D
      else {
        return false
      }
      let words = String(decoding: line, as: UTF8.self).lowercased().split { $0 == " " || $0 == "\t" }
      return transactionMarks.contains(words.joined(separator: " "))
    }
  }

  /// golang-migrate has none; goose, dbmate, sqlx, Atlas, tern and others have one each.
  private static let transactionMarks: Set<String> = [
    "-- +goose no transaction", "-- migrate:up transaction:false", "-- no-transaction", "--no-transaction",
    "-- disable-transaction", "-- atlas:txmode none", "---- tern: disable-tx ----",
    "-- signalbox: no-transaction",
  ]

  /// Where the value begins in `-- key: value`.
  private static func valueStart(of key: String, in line: ArraySlice<UInt8>) -> Int? {
    var index = line.startIndex
    func skipSpaces() {
      while index < line.endIndex, line[index] == 0x20 || line[index] == 0x09 { index += 1 }
    }
    skipSpaces()
    guard line[index...].starts(with: "--".utf8) else { return nil }
    while index < line.endIndex, line[index] == 0x2D { index += 1 }
    skipSpaces()
    for letter in key.utf8 {
      guard index < line.endIndex, line[index] | 0x20 == letter else { return nil }
      index += 1
    }
    skipSpaces()
    guard index < line.endIndex, line[index] == UInt8(ascii: ":") else { return nil }
    return index + 1
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let front = text.drop { $0 == " " || $0 == "\t" || $0 == "\r" }
    guard let last = front.lastIndex(where: { $0 != " " && $0 != "\t" && $0 != "\r" }) else { return "" }
    return front[...last]
  }

  private static func characters(_ bytes: ArraySlice<UInt8>) -> Int { bytes.count { $0 & 0xC0 != 0x80 } }
}

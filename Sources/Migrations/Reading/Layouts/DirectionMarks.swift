/// The lines by which a tool tells the two directions of one file apart.
enum DirectionMarks: Sendable, Hashable, CaseIterable {
  case dbmate
  case goose
  /// rubenv's sql-migrate.
  case sqlMigrate
  case rambler
  case micrate
  /// node-pg-migrate's SQL files.
  case nodePgMigrate
  /// Play's evolutions; their marks are no SQL comments, and `;;` stands for a semicolon inside a statement.
  case play
  /// tern, which marks only where the revert begins.
  case tern
  /// MyBatis Migrations, which marks only where the revert begins.
  case mybatis
  /// A line that says only `UP` or `DOWN`, in a comment.
  case plain

  /// The marks of the two directions, in lower case with single spaces; what follows them on the line does not matter.
  ///
  /// Without a mark for the migration it begins with the file.
  private var lines: (up: String?, down: String) {
    switch self {
    case .dbmate: ("-- migrate:up", "-- migrate:down")
    case .goose: ("-- +goose up", "-- +goose down")
    case .sqlMigrate: ("-- +migrate up", "-- +migrate down")
    case .rambler: ("-- rambler up", "-- rambler down")
    case .micrate: ("-- +micrate up", "-- +micrate down")
    case .nodePgMigrate: ("-- up migration", "-- down migration")
    case .play: ("!ups", "!downs")
    case .tern: (nil, "---- create above / drop below ----")
    case .mybatis: (nil, "-- //@undo")
    case .plain: ("up", "down")
    }
  }

  /// Whether the file says which part is the migration.
  func appear(in text: SourceText) -> Bool {
    let directions = text.lineRanges.lazy.map { direction(text.bytes[$0]) }
    switch self {
    case .tern, .mybatis: return directions.contains(false)
    // Such words also stand in comments for people: only the pair says what is meant.
    case .plain: return directions.contains(true) && directions.contains(false)
    default: return directions.contains(true)
    }
  }

  /// The bytes with everything blanked that does not belong to one direction, so that places stay as they are.
  ///
  /// Comments before the first mark belong to the migration: there goose says that it wants no transaction.
  func masked(_ text: SourceText, up: Bool) -> [UInt8] {
    var bytes = text.bytes
    var current: Bool? = lines.up == nil ? true : nil
    for range in text.lineRanges {
      let mark = direction(text.bytes[range])
      if let mark { current = mark }
      let isHeader = current == nil && up && Self.isComment(text.bytes[range])
      if (current != up && !isHeader) || (mark != nil && self == .play) {
        for index in range where bytes[index] != UInt8(ascii: "\r") { bytes[index] = UInt8(ascii: " ") }
      } else if self == .play {
        for index in range.dropLast() where bytes[index...].starts(with: ";;".utf8) {
          bytes[index + 1] = UInt8(ascii: " ")
        }
      }
    }
    return bytes
  }

  /// True for the mark of the migration, false for that of its revert, nil for any other line.
  private func direction(_ line: ArraySlice<UInt8>) -> Bool? {
    let line = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    guard Self.isComment(line) || (self == .play && line.first == UInt8(ascii: "#")) else { return nil }
    var words = String(decoding: line.prefix(100), as: UTF8.self).lowercased()
      .split { $0 == " " || $0 == "\t" || $0 == "\r" }.joined(separator: " ")
    switch self {
    case .play: words = String(words.drop { "#- ".contains($0) })
    case .plain: words = words.trimmed(of: "-=#+*@!:> ")
    // People leave out the space behind the dashes, which makes no difference to SQL.
    default:
      if words.hasPrefix("--"), !words.hasPrefix("---"), !words.hasPrefix("-- ") {
        words = "-- " + words.dropFirst(2)
      }
    }
    if let up = lines.up, begins(words, up) { return true }
    if begins(words, lines.down) { return false }
    return nil
  }

  private static func isComment(_ line: ArraySlice<UInt8>) -> Bool {
    line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.starts(with: "--".utf8)
  }

  private func begins(_ line: String, _ mark: String) -> Bool {
    if self == .plain { return line == mark }
    return line.hasPrefix(mark) && (line.count == mark.count || line.dropFirst(mark.count).first == " ")
  }
}

extension String {
  /// The text without any of these characters at its ends.
  fileprivate func trimmed(of characters: String) -> String {
    let start = drop { characters.contains($0) }
    return String(start.reversed().drop { characters.contains($0) }.reversed())
  }
}

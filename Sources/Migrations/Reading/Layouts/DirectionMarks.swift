/// The comments by which a tool tells the two directions of one file apart.
enum DirectionMarks: Sendable, Hashable, CaseIterable {
  case dbmate
  case goose

  /// The comments, in lower case with single spaces; what follows them on the line does not matter.
  var up: String {
    switch self {
    case .dbmate: "-- migrate:up"
    case .goose: "-- +goose up"
    }
  }

  var down: String {
    switch self {
    case .dbmate: "-- migrate:down"
    case .goose: "-- +goose down"
    }
  }

  /// Whether the file says which part is the migration.
  func appear(in text: SourceText) -> Bool { text.lineRanges.contains { direction(text.bytes[$0]) == true } }

  /// The bytes with everything blanked that does not belong to one direction, so that places stay as they are.
  ///
  /// Comments before the first mark belong to the migration: there goose says that it wants no transaction.
  func masked(_ text: SourceText, up: Bool) -> [UInt8] {
    var bytes = text.bytes
    var current: Bool?
    for range in text.lineRanges {
      if let direction = direction(text.bytes[range]) { current = direction }
      let isHeader = current == nil && up && Self.isComment(text.bytes[range])
      if current != up && !isHeader {
        for index in range where bytes[index] != UInt8(ascii: "\r") { bytes[index] = UInt8(ascii: " ") }
      }
    }
    return bytes
  }

  /// True for the mark of the migration, false for that of its revert, nil for any other line.
  private func direction(_ line: ArraySlice<UInt8>) -> Bool? {
    guard Self.isComment(line) else { return nil }
    let words = String(decoding: line.prefix(100), as: UTF8.self).lowercased()
      .split { $0 == " " || $0 == "\t" || $0 == "\r" }.joined(separator: " ")
    if begins(words, up) { return true }
    if begins(words, down) { return false }
    return nil
  }

  private static func isComment(_ line: ArraySlice<UInt8>) -> Bool {
    line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.starts(with: "--".utf8)
  }

  private func begins(_ line: String, _ mark: String) -> Bool {
    line.hasPrefix(mark) && (line.count == mark.count || line.dropFirst(mark.count).first == " ")
  }
}

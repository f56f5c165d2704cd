@testable import Script

/// Judges how a text was cut into pieces.
enum SplitComplaint {
  /// What is wrong with the split of the text; nil if nothing is.
  static func about(_ text: [UInt8]) -> String? {
    let split = ScriptSplitter.split(text)
    var covered = [Bool](repeating: false, count: text.count)
    var end = 0
    var positions = PositionTracker(text)
    for piece in split.pieces {
      guard piece.range.lowerBound >= end, !piece.range.isEmpty else { return "pieces overlap" }
      guard positions.position(at: piece.range.lowerBound) == piece.position else { return "wrong position" }
      guard let first = text[piece.range].first, let last = text[piece.range].last, !first.isSpace else {
        return "space around a piece"
      }
      if last.isSpace, !piece.isCutOff, !piece.holdsPsqlCommand { return "space around a piece" }
      end = piece.range.upperBound
      for index in piece.range { covered[index] = true }
    }
    end = 0
    for comment in split.comments {
      guard comment.byteRange.lowerBound >= end else { return "comments overlap" }
      end = comment.byteRange.upperBound
      for index in comment.byteRange { covered[index] = true }
    }
    for rows in split.rows {
      if rows.contains(where: { covered[$0] }) { return "rows overlap" }
      for index in rows { covered[index] = true }
    }
    let isMark = Set(
      split.problems.filter { $0.kind == .psqlCommand }.flatMap { [$0.offset, $0.offset + 1] })
    var index = 0
    while index < text.count {
      let byte = text[index]
      if !covered[index], !byte.isSpace, byte != UInt8(ascii: ";"), byte != UInt8(ascii: "\\"),
        !isMark.contains(index)
      {
        return "byte \(index) belongs nowhere"
      }
      index += 1
    }
    return nil
  }
}

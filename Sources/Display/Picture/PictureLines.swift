/// The parts of a box-drawing character: lines from the middle of the cell to its edges.
struct LineArms: Sendable, Hashable {
  var left = false
  var right = false
  var up = false
  var down = false
  /// Whether the two arms meet in a curve.
  var isRound = false

  /// The arms of a light box-drawing character; nil for any other.
  init?(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "─": (left, right) = (true, true)
    case "│": (up, down) = (true, true)
    case "┌", "╭": (right, down) = (true, true)
    case "┐", "╮": (left, down) = (true, true)
    case "└", "╰": (right, up) = (true, true)
    case "┘", "╯": (left, up) = (true, true)
    case "├": (right, up, down) = (true, true, true)
    case "┤": (left, up, down) = (true, true, true)
    case "┬": (left, right, down) = (true, true, true)
    case "┴": (left, right, up) = (true, true, true)
    case "┼": (left, right, up, down) = (true, true, true, true)
    default: return nil
    }
    isRound = ["╭", "╮", "╰", "╯"].contains(scalar)
  }
}

/// The lines of one colour; what touches end to end becomes one line.
struct PictureLines {
  /// By the height at which they run.
  private var horizontal: [Int: [Range<Int>]] = [:]
  /// By how far from the left they run.
  private var vertical: [Int: [Range<Int>]] = [:]
  private var curves = ""

  mutating func add(_ arms: LineArms, column: Int, row: Int) {
    let left = column * PictureGrid.column
    let top = row * PictureGrid.row
    let middle = (x: left + PictureGrid.column / 2, y: top + PictureGrid.row / 2)
    let right = left + PictureGrid.column
    let bottom = top + PictureGrid.row
    if arms.isRound {
      let start = arms.down ? bottom : top
      let end = arms.right ? right : left
      curves += "M\(middle.x) \(start)Q\(middle.x) \(middle.y) \(end) \(middle.y)"
      return
    }
    if arms.left { horizontal[middle.y, default: []].append(left..<middle.x) }
    if arms.right { horizontal[middle.y, default: []].append(middle.x..<right) }
    if arms.up { vertical[middle.x, default: []].append(top..<middle.y) }
    if arms.down { vertical[middle.x, default: []].append(middle.y..<bottom) }
  }

  mutating func underline(_ columns: Range<Int>, row: Int) {
    let height = row * PictureGrid.row + PictureGrid.baseline + 3
    horizontal[height, default: []].append(
      columns.lowerBound * PictureGrid.column..<columns.upperBound * PictureGrid.column)
  }

  var path: String {
    var path = ""
    for (y, pieces) in horizontal.sorted(by: { $0.key < $1.key }) {
      for line in Self.joined(pieces) { path += "M\(line.lowerBound) \(y)h\(line.count)" }
    }
    for (x, pieces) in vertical.sorted(by: { $0.key < $1.key }) {
      for line in Self.joined(pieces) { path += "M\(x) \(line.lowerBound)v\(line.count)" }
    }
    return path + curves
  }

  private static func joined(_ pieces: [Range<Int>]) -> [Range<Int>] {
    var joined: [Range<Int>] = []
    for piece in pieces.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = joined.last, last.upperBound >= piece.lowerBound {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, piece.upperBound)
      } else {
        joined.append(piece)
      }
    }
    return joined
  }
}

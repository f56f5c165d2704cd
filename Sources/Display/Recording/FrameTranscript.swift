/// Frames as the output of a terminal program: what a terminal must be sent to go from each frame to the next.
///
/// The sequences are those that every terminal emulator and player understands (ECMA-48: CUP, ED, SGR). They are for
/// recordings; a real terminal is drawn on by ncurses, which knows what it can do.
public struct FrameTranscript: Sendable {
  private var last: Frame?

  /// Begins with an empty screen.
  public init() {}

  /// What must be sent to show a frame after the one before; empty if nothing has changed.
  public mutating func output(for frame: Frame) -> String {
    defer { last = frame }
    if frame == last { return "" }
    let before = last.flatMap { $0.size == frame.size ? $0 : nil }
    var output = before == nil ? "\u{1B}[?25l\u{1B}[0m\u{1B}[2J" : ""
    var style: Style?
    for row in 0..<frame.size.rows {
      for columns in Self.changes(row, frame, before) {
        output += "\u{1B}[\(row + 1);\(columns.lowerBound + 1)H"
        for cell in frame.row(row).dropFirst(columns.lowerBound).prefix(columns.count) where cell.columns > 0
        {
          if cell.style != style {
            output += Self.graphics(cell.style)
            style = cell.style
          }
          output += cell.text
        }
      }
    }
    if style != nil { output += "\u{1B}[0m" }
    if let cursor = frame.cursor {
      output += "\u{1B}[\(cursor.row + 1);\(cursor.column + 1)H\u{1B}[?25h"
    } else if before?.cursor != nil {
      output += "\u{1B}[?25l"
    }
    return output
  }

  /// The columns of a row that have to be written, in a few stretches.
  private static func changes(_ row: Int, _ frame: Frame, _ before: Frame?) -> [Range<Int>] {
    guard let before else { return [0..<frame.size.columns] }
    let new = Array(frame.row(row))
    let old = Array(before.row(row))
    var stretches: [Range<Int>] = []
    for column in new.indices where new[column] != old[column] {
      // The second half of a wide character is written with the first.
      let start = new[column].columns == 0 ? max(0, column - 1) : column
      let end = column + max(1, Int(new[column].columns))
      // Going somewhere else costs as much as a few cells do.
      if let last = stretches.last, start - last.upperBound < 8 {
        stretches[stretches.count - 1] = last.lowerBound..<max(last.upperBound, end)
      } else {
        stretches.append(start..<end)
      }
    }
    return stretches
  }

  private static func graphics(_ style: Style) -> String {
    let marks: [(Style.Attributes, String)] = [
      (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
    ]
    var codes = ["0"] + marks.filter { style.attributes.contains($0.0) }.map(\.1)
    if let colour = code(style.foreground, base: 30) { codes.append(colour) }
    if let colour = code(style.background, base: 40) { codes.append(colour) }
    return "\u{1B}[\(codes.joined(separator: ";"))m"
  }

  private static func code(_ colour: Colour, base: Int) -> String? {
    switch colour {
    case .terminalDefault: nil
    case .ansi(let colour):
      "\(colour.rawValue < 8 ? base + Int(colour.rawValue) : base + 52 + Int(colour.rawValue))"
    case .palette(let index): "\(base + 8);5;\(index)"
    case .rgb(let red, let green, let blue): "\(base + 8);2;\(red);\(green);\(blue)"
    }
  }
}

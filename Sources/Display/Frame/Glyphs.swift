/// The symbols that a screen is drawn with.
///
/// Every one is a single scalar over whose width of one cell terminals agree.
public struct Glyphs: Sendable, Hashable {
  /// Whether only ASCII may be drawn; other characters of a text become `?`.
  public var isASCII: Bool
  /// What stands for the end of a text that was cut.
  public var ellipsis: Text
  /// Corners and edges of a box.
  public var box: BoxGlyphs
  /// Done, passed.
  public var check: Text
  /// Failed, missing.
  public var cross: Text
  /// Something to know.
  public var exclamation: Text
  /// Applied.
  public var filledCircle: Text
  /// Pending.
  public var circle: Text
  /// Half there.
  public var halfCircle: Text
  /// Skipped, none.
  public var dash: Text
  /// Not what it was.
  public var changed: Text
  /// Replaced.
  public var replaced: Text
  /// An opened group.
  public var opened: Text
  /// A closed group; between project and target.
  public var closed: Text
  /// The row or statement where the cursor is.
  public var cursor: Text
  /// A place where a run waits.
  public var breakpoint: Text
  /// Between words of a line.
  public var middleDot: Text
  /// Protected, read-only.
  public var shield: Text
  /// The thumb of a scroll bar.
  public var thumb: Text
  /// A cell of a progress bar that is done, and the parts of one, from an eighth to seven.
  public var barCells: [Text]
  /// The pictures of something that is under way, in turn.
  public var spinner: [Text]

  /// For terminals that draw Unicode.
  public static let unicode = Glyphs(
    isASCII: false, ellipsis: "…", box: .rounded, check: "✓", cross: "✗", exclamation: "!", filledCircle: "●",
    circle: "○", halfCircle: "◐", dash: "–", changed: "≠", replaced: "»", opened: "▾", closed: "▸",
    cursor: "▶", breakpoint: "◆",
    middleDot: "·", shield: "⛊", thumb: "▐", barCells: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    spinner: ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"])

  /// For terminals and locales that have ASCII alone.
  public static let ascii = Glyphs(
    isASCII: true, ellipsis: "~", box: .ascii, check: "+", cross: "x", exclamation: "!", filledCircle: "*",
    circle: "o", halfCircle: "%", dash: "-", changed: "~", replaced: "=", opened: "v", closed: ">",
    cursor: ">", breakpoint: "#",
    middleDot: "-", shield: "#", thumb: "#", barCells: ["#"],
    spinner: ["|", "/", "-", "\\"])
}

extension Glyphs {
  /// What stands for a character where there is ASCII alone: something like it, else a question mark.
  static func standIn(for scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "…": "~"
    case "–", "—", "·", "─": "-"
    case "“", "”": "\""
    case "‘", "’": "'"
    case "→": ">"
    case "←": "<"
    case "×": "x"
    case "│": "|"
    case "├", "└", "┌", "┐", "┘", "┤", "┬", "┴", "┼": "+"
    default: "?"
    }
  }

  /// The part of a bar that is done, at most so many cells.
  public func bar(_ fraction: Double, columns: Int) -> Text {
    let parts = barCells.count
    let done = Int((min(1, max(0, fraction)) * Double(max(0, columns) * parts)).rounded(.down))
    let whole = (barCells.last ?? "").repeated(done / parts)
    return done % parts == 0 ? whole : whole + barCells[done % parts - 1]
  }
}

/// Corners and edges of a box.
public struct BoxGlyphs: Sendable, Hashable {
  /// The top left corner.
  public var topLeft: Text
  /// The top right corner.
  public var topRight: Text
  /// The bottom left corner.
  public var bottomLeft: Text
  /// The bottom right corner.
  public var bottomRight: Text
  /// Upper and lower edge.
  public var horizontal: Text
  /// Left and right edge.
  public var vertical: Text

  /// Thin lines with round corners.
  public static let rounded = BoxGlyphs(
    topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯", horizontal: "─", vertical: "│")

  /// Plus, minus and bar.
  public static let ascii = BoxGlyphs(
    topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+", horizontal: "-", vertical: "|")
}

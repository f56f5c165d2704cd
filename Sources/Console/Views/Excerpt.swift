import Display

/// The lines of a statement around the character that an error points to.
struct Excerpt: Sendable, Hashable {
  /// The lines, made harmless, from first to last.
  let lines: [Text]
  /// The number of the first line in the statement, from 1.
  let firstNumber: Int
  /// Which of the lines the error points into, from 0.
  let caretIndex: Int
  /// The cells before the character that it points to.
  let caretColumn: Int

  /// Takes an excerpt from a statement.
  ///
  /// - Parameters:
  ///   - position: The character in the statement, from 1, as the server counts them.
  ///   - context: How many lines to keep before and after.
  init?(of text: String, position: Int, context: Int = 2) {
    let scalars = Array(text.unicodeScalars)
    guard position >= 1, position <= scalars.count + 1 else { return nil }
    var starts = [0]
    for (index, scalar) in scalars.enumerated() where scalar == "\n" { starts.append(index + 1) }
    let target = position - 1
    let line = (starts.firstIndex { $0 > target } ?? starts.count) - 1
    let first = max(0, line - context)
    let last = min(starts.count - 1, line + context)
    lines = (first...last).map { index in
      let end = index + 1 < starts.count ? starts[index + 1] - 1 : scalars.count
      return Self.text(scalars[starts[index]..<end])
    }
    firstNumber = first + 1
    caretIndex = line - first
    caretColumn = Self.text(scalars[starts[line]..<min(target, scalars.count)]).columns
  }

  /// The cells before a character of a line, counted from 1, once the line is made harmless.
  static func caretColumn(in line: String, _ column: Int) -> Int {
    text(Array(line.unicodeScalars)[...].prefix(max(0, column - 1))).columns
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> Text {
    var string = ""
    string.unicodeScalars.append(contentsOf: scalars.last == "\r" ? scalars.dropLast() : scalars)
    return Text(foreign: string)
  }
}

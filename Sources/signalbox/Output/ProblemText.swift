import Display
import Migrations
import Script

/// Problems of a project as text: place, message, the line with a caret, what to do next.
enum ProblemText {
  /// The lines of several problems, a blank line between them.
  static func lines(of problems: [ProjectProblem]) -> [String] {
    problems.enumerated().flatMap { index, problem in (index == 0 ? [] : [""]) + lines(of: problem) }
  }

  private static func lines(of problem: ProjectProblem) -> [String] {
    let place = problem.location.map { "\(harmless($0.description)): " } ?? "signalbox: "
    var lines = ["\(place)\(harmless(problem.message))"]
    if let line = problem.line, let column = problem.location?.position?.column {
      lines += SourceExcerpt.lines(line: line, column: column)
    }
    if let advice = problem.advice { lines.append("  → \(harmless(advice))") }
    return lines
  }
}

/// A line of a file with a caret under one of its characters.
enum SourceExcerpt {
  /// How much of a long line is shown, in columns.
  private static let width = 100

  /// The line, indented, and the caret under it; a long line is cut around the caret.
  static func lines(line: String, column: Int) -> [String] {
    let scalars = Array(line.unicodeScalars)
    let caret = min(max(column - 1, 0), scalars.count)
    let start = max(0, min(caret - width / 2, scalars.count - width))
    let end = min(scalars.count, start + width)
    var before = String.UnicodeScalarView()
    before.append(contentsOf: scalars[start..<caret])
    var shown = String.UnicodeScalarView()
    shown.append(contentsOf: scalars[start..<end])
    let indent = CharacterWidth.columns(of: harmless(String(before)))
    return [
      "  \(start > 0 ? "…" : "")\(harmless(String(shown)))\(end < scalars.count ? "…" : "")",
      "  \(start > 0 ? " " : "")\(String(repeating: " ", count: indent))^",
    ]
  }
}

import Display
import Glibc
import Migrations
import Verification

/// The few styles of printed text; without colour the words carry the meaning.
struct TextStyle: Sendable {
  /// Whether escape sequences are written.
  let isColoured: Bool

  /// Decides whether to use colour on a stream (no-color.org; `--color` wins).
  init(_ choice: ColorChoice, descriptor: Int32 = STDOUT_FILENO) {
    switch choice {
    case .always: isColoured = true
    case .never: isColoured = false
    case .auto:
      let noColor = Environment.variable("NO_COLOR").map { !$0.isEmpty } ?? false
      isColoured = isatty(descriptor) == 1 && !noColor && Environment.variable("TERM") != "dumb"
    }
  }

  func bold(_ text: String) -> String { wrapped(text, "1") }
  func muted(_ text: String) -> String { wrapped(text, "2") }
  func success(_ text: String) -> String { wrapped(text, "32") }
  func warning(_ text: String) -> String { wrapped(text, "33") }
  func failure(_ text: String) -> String { wrapped(text, "31") }

  /// A state as glyph and word.
  func state(_ state: MigrationState) -> String {
    let text = "\(Self.glyph(of: state)) \(state.rawValue)"
    switch state {
    case .applied: return success(text)
    case .pending: return text
    case .partial, .changed, .interrupted, .missing: return warning(text)
    case .failed: return failure(text)
    case .skipped, .archived, .superseded: return muted(text)
    }
  }

  /// A finding's severity as a glyph.
  func severity(_ severity: Finding.Severity) -> String {
    switch severity {
    case .pass: success("✓")
    case .warning: warning("!")
    case .failure: failure("✗")
    }
  }

  private static func glyph(of state: MigrationState) -> String {
    switch state {
    case .applied: "✓"
    case .pending: "○"
    case .partial: "◐"
    case .failed: "✗"
    case .interrupted: "?"
    case .changed: "≠"
    case .missing: "∅"
    case .skipped: "–"
    case .archived: "·"
    case .superseded: "·"
    }
  }

  private func wrapped(_ text: String, _ code: String) -> String {
    isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

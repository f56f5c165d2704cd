import Schema

/// The fixes of findings as the text of a migration.
///
/// What a person must decide first is commented out, and so is a second change to one policy: it was worked out from the
/// policy as it is, not as the first change leaves it.
public struct FixScript: Sendable {
  /// The lines.
  public let lines: [String]
  /// How many findings the script settles as it stands.
  public let settledCount: Int
  /// How many it names, but leaves to a person.
  public let openCount: Int

  /// Writes the fixes in the order of the findings.
  public init(_ findings: [AccessFinding]) {
    var lines = [
      "-- What `signalbox inspect access --findings` found, and what settles it. Read it before it runs:",
      "-- what is commented out waits for a decision.",
    ]
    var written: Set<String> = []
    var changed: Set<ObjectIdentity> = []
    var settled = 0
    var open = 0
    for finding in findings {
      lines += ["", "-- \(finding.code.rawValue)"] + Self.comment(finding.message)
      let isSecond = finding.object.kind == .policy && changed.contains(finding.object)
      if let decision = finding.fix.decision {
        lines += Self.comment("To decide: \(decision).")
      } else if isSecond {
        lines += Self.comment("The policy is changed above; look for findings again after that.")
      }
      guard finding.fix.decision == nil, !isSecond, !finding.fix.statements.isEmpty else {
        lines += finding.fix.statements.flatMap(Self.comment)
        open += 1
        continue
      }
      changed.insert(finding.object)
      settled += 1
      for statement in finding.fix.statements {
        lines.append(written.insert(statement).inserted ? statement : "-- above: \(Self.oneLine(statement))")
      }
    }
    self.lines = lines
    settledCount = settled
    openCount = open
  }

  /// The whole text.
  public var text: String { lines.joined(separator: "\n") + "\n" }

  /// The text in a new migration file, where its layout's tool wants it: behind the mark of the way up or BEGIN, else at
  /// the end.
  public func text(in file: String) -> String {
    for mark in ["-- migrate:up\n", "-- +goose Up\n", "\nBEGIN;\n"] {
      guard let found = file.firstRange(of: mark) else { continue }
      return file[..<found.upperBound] + text + file[found.upperBound...]
    }
    return file + text
  }

  /// A text as comment lines, whatever line ends it has.
  private static func comment(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map { "-- \($0)" }
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}

import Migrations
import Schema
import Script

/// Takes away what files and project ask to ignore, and says where such a request has no reason or no use.
enum IgnoreJudge {
  /// An ignore comment that does not say why.
  static let withoutReason: LintCode = "lint.ignore-without-reason"
  /// An ignore comment that ignores nothing.
  static let unused: LintCode = "lint.ignore-unused"

  private struct Target: Hashable {
    var place: StatementPlace
    var code: LintCode
  }

  /// The candidates that stand, with those about ignore comments.
  static func judge(_ candidates: [LintCandidate], _ facts: LintFacts) -> [LintCandidate] {
    let found = Set(candidates.compactMap { one in one.place.map { Target(place: $0, code: one.code) } })
    let known = Set(LintCatalogue.codes)
    var ignored: Set<Target> = []
    var complaints: [LintCandidate] = []
    for (number, migration) in facts.migrations.enumerated() {
      for comment in migration.script.comments where !comment.isInsideStatement {
        guard let directive = IgnoreDirective(comment) else { continue }
        let place = StatementPlace(migration: number, statement: comment.statement)
        let subject = ObjectIdentity(.comment, name: migration.id.rawValue)
        func complain(_ code: LintCode, _ severity: Finding.Severity, _ message: String, _ advice: String) {
          var own = place
          own.comment = directive.position
          complaints.append(
            LintCandidate(
              code: code, severity: severity, place: own, object: subject, message: message, advice: advice))
        }
        guard directive.reason != nil else {
          complain(
            withoutReason, .failure,
            "the comment does not say why \(list(directive.codes)) may be ignored here, so nothing is ignored",
            "-- signalbox: ignore \(list(directive.codes)) because REASON")
          continue
        }
        for code in directive.codes {
          let target = Target(place: place, code: code)
          if found.contains(target) {
            ignored.insert(target)
          } else {
            complain(
              unused, .warning,
              known.contains(code)
                ? "the statement gives no reason to ignore \(code)" : "there is no lint called \(code)",
              known.contains(code)
                ? "Take the comment away." : "docs/lints.md lists the lints by their names.")
          }
        }
      }
    }
    return candidates.filter { one in
      if facts.options.ignored[one.code.rawValue] != nil { return false }
      return !(one.place.map { ignored.contains(Target(place: $0, code: one.code)) } ?? false)
    } + complaints
  }

  private static func list(_ codes: [LintCode]) -> String { codes.map(\.rawValue).joined(separator: ", ") }
}

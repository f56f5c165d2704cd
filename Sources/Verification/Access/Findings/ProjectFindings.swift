public import Migrations
import Schema
import Script

/// The findings of a database as a project wants to hear of them.
public struct ProjectFindings: Sendable {
  /// Those that the project does not live with.
  public let findings: [AccessFinding]
  /// How many it lives with.
  public let ignoredCount: Int
  /// The entries of `[findings.ignore]` that nothing was found for, or that name no finding, in order.
  public let unusedEntries: [String]

  /// Sorts out what a project ignores.
  public init(_ all: [AccessFinding], options: FindingOptions) {
    var used: Set<String> = []
    findings = all.filter { finding in
      let code = finding.code.rawValue
      let entries = [code, "\(code) \(finding.object.qualifiedName)"].filter { options.ignored[$0] != nil }
      used.formUnion(entries)
      return entries.isEmpty
    }
    ignoredCount = all.count - findings.count
    unusedEntries = options.ignored.keys.filter { !used.contains($0) }.sorted()
  }

  /// The findings about what a project's migrations make, as `verify` reports them: warnings, without the notices.
  public func verified(for project: Project) -> [Finding] {
    var made: Set<Name> = []
    for migration in project.runnableMigrations {
      for effect in migration.script.statements.flatMap(\.effects) where effect.action == .creates {
        made.insert(Name(effect.object))
      }
    }
    return findings.filter { $0.level > .notice && made.contains(Name($0.object.table ?? $0.object)) }
      .map { finding in
        Finding(
          code: finding.code.rawValue, severity: .warning, object: finding.object, message: finding.message,
          advice: finding.fix.statements.first ?? finding.fix.decision)
      }
  }

  /// What an object has in common with what a file says of it, whatever its exact kind.
  private struct Name: Hashable {
    var schema: String?
    var name: String

    init(_ object: ObjectIdentity) {
      schema = object.schema
      name = object.name
    }
  }
}

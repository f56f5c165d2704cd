import Migrations
import Schema
import Script

/// Checks what the migrations of a project need against what provides it: earlier migrations, the server itself, the
/// platform, extensions.
///
/// Needs no database: it says whether the files, run in their order on an empty one, would find what they use.
public enum RequirementJudge {
  /// The findings: uses that nothing provides in time, in the order of running; then declared requirements that no
  /// effect supports.
  public static func findings(of project: Project, graph: RequirementGraph) -> [Finding] {
    let files = Dictionary(project.migrations.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return unmetUses(of: project, order: graph.order.compactMap { files[$0] }, files)
      + unsupportedDeclarations(graph, files)
  }

  private static func unmetUses(
    of project: Project, order: [Migration], _ files: [MigrationID: Migration]
  ) -> [Finding] {
    let hasForeignExtension = order.contains { migration in
      migration.script.statements.contains { statement in
        statement.effects.contains {
          $0.action == .creates && $0.object.kind == .extension
            && !WellKnownExtensions.knowsContents(of: $0.object.name)
        }
      }
    }
    let unmet = UnmetUse.uses(among: order).filter { use in
      !isProvided(use.object, on: project.platform)
        && !(use.provider.map { isProvided($0, on: project.platform) } ?? false)
        && !(hasForeignExtension && use.cause == .neverMade && mayBeOfExtension(use.object))
    }
    var findings: [Finding] = []
    var places: [ObjectIdentity: Int] = [:]
    var others: [Int: Int] = [:]
    for use in unmet {
      guard use.cause == .neverMade else {
        findings.append(finding(use, files))
        continue
      }
      // A patch for a living database uses what others have made.
      if project.layout == .patch { continue }
      if let place = places[use.object] {
        others[place, default: 0] += 1
      } else {
        places[use.object] = findings.count
        findings.append(finding(use, files))
      }
    }
    for (place, count) in others {
      findings[place].message += ", used by \(count) \(count == 1 ? "migration" : "migrations") more"
    }
    return findings
  }

  private static func finding(_ use: UnmetUse, _ files: [MigrationID: Migration]) -> Finding {
    let code: String
    var severity = Finding.Severity.failure
    let message: String
    var advice: String?
    let what = use.provider.map { "\(use.object) of \($0)" } ?? "\(use.object)"
    switch use.cause {
    case .neverMade:
      code = FindingCode.requirementUnprovided
      severity = .warning
      message = "uses \(what), which nothing provides"
      advice =
        use.provider.map { "CREATE EXTENSION IF NOT EXISTS \(Identifier.quoted($0.name)) before it" }
        ?? (use.object.kind == .role
          ? "roles belong to the cluster: create it where it may be missing, or name the platform" : nil)
    case .madeLater(let maker, let position):
      code = FindingCode.requirementLater
      message =
        maker == use.migration
        ? "uses \(what), which it makes only at line \(position.line)"
        : "uses \(what), which only \(maker) makes, and that comes later (line \(position.line))"
      advice =
        maker == use.migration ? "move the statement up" : "let it require \(maker), or move one of them"
    case .dropped(let dropper):
      code = FindingCode.requirementDropped
      message =
        dropper == use.migration
        ? "uses \(what), which it has dropped before" : "uses \(what), which \(dropper) has dropped before"
    }
    return Finding(
      code: code, severity: severity, migration: use.migration, object: use.object, message: message,
      location: files[use.migration].map { FileLocation(file: $0.file, position: use.position) },
      advice: advice)
  }

  /// Whether the server or the platform has it before the first migration.
  private static func isProvided(_ object: ObjectIdentity, on platform: Platform) -> Bool {
    if ProvidedObjects.contains(object, on: platform) { return true }
    if let schema = object.schema, isSystem(schema) { return true }
    switch object.kind {
    case .schema: return object.name == "public" || isSystem(object.name)
    case .role: return object.name == "postgres" || object.name.hasPrefix("pg_")
    case .extension: return object.name == "plpgsql"
    case .language: return ["sql", "plpgsql", "c", "internal"].contains(object.name)
    case .table, .view, .materializedView, .foreignTable, .sequence, .index, .type, .domain, .function,
      .procedure, .aggregate, .column, .policy, .trigger, .constraint, .publication, .enumValue, .rule:
      return false
    // What else a statement can name mostly comes with the server, whose list of them is not known here.
    default: return true
    }
  }

  private static func isSystem(_ schema: String) -> Bool {
    schema.hasPrefix("pg_") || schema == "information_schema"
  }

  /// Whether an extension of unknown contents may have made it.
  private static func mayBeOfExtension(_ object: ObjectIdentity) -> Bool {
    switch object.kind {
    case .function, .procedure, .aggregate, .type, .domain, .table, .view, .schema: true
    default: false
    }
  }

  /// Declared requirements without a chain of uses from the one to the other.
  private static func unsupportedDeclarations(
    _ graph: RequirementGraph, _ files: [MigrationID: Migration]
  ) -> [Finding] {
    let inferred = RequirementGraph(
      nodes: graph.migrations,
      requirements: graph.requirements.filter { requirement in
        requirement.reasons.contains { if case .uses = $0 { true } else { false } }
      })
    return graph.requirements.compactMap { requirement in
      guard let location = requirement.declaration,
        !inferred.everythingThatNeeds(requirement.to).contains(requirement.from)
      else { return nil }
      let isHidden = [requirement.from, requirement.to].contains { id in
        files[id]?.script.statements.contains { $0.opacity != nil } ?? true
      }
      let doubt = isHidden ? "; not all of their statements can be read" : ""
      return Finding(
        code: FindingCode.requirementUnsupported, severity: .pass, migration: requirement.from,
        message: "requires \(requirement.to): declared, but nothing in the SQL shows it\(doubt)",
        location: location)
    }
  }
}

extension Requirement {
  /// Where somebody wrote it down, if somebody did.
  fileprivate var declaration: FileLocation? {
    for case .declared(let location) in reasons { return location }
    return nil
  }
}

import JSON
import Migrations
import Schema
import Script

/// The row-level security policies table by table, as people review them.
struct PolicyReview: ReportSection {
  static let title = "Row-level security policies"

  /// The policies of one table.
  struct Table: Sendable, Hashable {
    var name: String
    var isEnabled: Bool
    var isForced: Bool
    var policies: [Policy]
  }

  /// One policy.
  struct Policy: Sendable, Hashable {
    var name: String
    var detail: PolicyDetail
    /// The migration that made it, or changed it last, where that is known.
    var maker: MigrationID?
  }

  let tables: [Table]
  /// The project's tables without row security.
  let unsecured: [String]
  init(_ facts: ReportFacts) {
    self.init(facts.snapshot, project: facts.project, statuses: facts.statuses)
  }

  /// The policies of a database, or of one table of it.
  init(
    _ snapshot: Snapshot, project: Project, statuses: [MigrationStatus], of table: ObjectIdentity? = nil
  ) {
    let policies = Dictionary(grouping: snapshot.objects(of: .policy)) { $0.identity.table }
    let makers = Self.makers(project, statuses)
    let all = snapshot.objects(of: .table).map(\.identity).filter { table == nil || $0 == table }
    tables = all.compactMap { table in
      let own = policies[table] ?? []
      let isEnabled = snapshot.contains(.rowSecurity(table.schema ?? "", table.name))
      // Of the host's tables only those on which the project, or somebody, has put policies.
      guard !own.isEmpty || (isEnabled && !snapshot.isPlatform(table)) else { return nil }
      return Table(
        name: table.qualifiedName, isEnabled: isEnabled,
        isForced: snapshot.contains(.forcedRowSecurity(table.schema ?? "", table.name)),
        policies: own.compactMap { object in
          if case .policy(let detail) = object.detail {
            Policy(name: object.identity.name, detail: detail, maker: makers[object.identity])
          } else {
            nil
          }
        })
    }
    unsecured = all.filter { table in
      !snapshot.isPlatform(table)
        && !snapshot.contains(.rowSecurity(table.schema ?? "", table.name))
    }.map(\.qualifiedName)
  }

  /// The migrations that are in and that made or altered each policy last.
  private static func makers(
    _ project: Project, _ statuses: [MigrationStatus]
  ) -> [ObjectIdentity: MigrationID] {
    let isIn: Set<MigrationState> = [.applied, .changed, .partial]
    let run = Set(statuses.filter { isIn.contains($0.state) }.map(\.id))
    var makers: [ObjectIdentity: MigrationID] = [:]
    for migration in project.migrations where run.contains(migration.id) {
      for effect in migration.script.statements.flatMap(\.effects) where effect.object.kind == .policy {
        switch effect.action {
        case .creates where effect.condition == .ifNotExists && makers[effect.object] != nil: continue
        case .creates, .alters: makers[effect.object] = migration.id
        case .drops: makers[effect.object] = nil
        case .uses: continue
        }
      }
    }
    return makers
  }

  var blocks: [ReportBlock] {
    guard !tables.isEmpty else { return [] }
    let count = tables.reduce(0) { $0 + $1.policies.count }
    var blocks: [ReportBlock] = [
      .paragraph(
        "\(Counting.of(count, "policy")) on \(Counting.of(tables.count { !$0.policies.isEmpty }, "table")).")
    ]
    if !unsecured.isEmpty {
      blocks.append(.paragraph("\(ReportMark.warning) Without row security: \(ReportText.names(unsecured))"))
    }
    let closed = tables.filter { $0.policies.isEmpty }.map(\.name)
    if !closed.isEmpty {
      blocks.append(
        .paragraph(
          "\(ReportMark.warning) With row security and no policy, so that nobody but those who bypass it sees a row: \(ReportText.names(closed))"
        ))
    }
    for table in tables where !table.policies.isEmpty {
      blocks.append(.heading(4, .code(table.name)))
      if !table.isEnabled {
        blocks.append(.paragraph("\(ReportMark.bad) Row security is off: none of these has any effect."))
      } else if table.isForced {
        blocks.append(.paragraph("Row security is forced on the owner, too."))
      }
      blocks.append(
        .table(
          ["Policy", "Command", "Roles", "USING", "WITH CHECK", "Migration"],
          table.policies.map { policy in
            let detail = policy.detail
            return [
              ReportText(policy.name),
              detail.isPermissive ? ReportText(detail.command) : "\(detail.command), restrictive",
              ReportText(detail.roles.isEmpty ? "public" : detail.roles.joined(separator: ", ")),
              Self.expression(detail.using), Self.expression(detail.check), Self.maker(policy),
            ]
          }, ifEmpty: ""))
    }
    return blocks
  }

  /// An expression on one line; the server indents what it writes over several.
  private static func expression(_ text: String?) -> ReportText {
    guard let text else { return "–" }
    let lines = text.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }
    return .code(lines.joined(separator: " "))
  }

  private static func maker(_ policy: Policy) -> ReportText {
    policy.maker.map { .code($0.rawValue) } ?? "–"
  }

  var json: JSONValue.Member {
    .init(
      "policies",
      .array(
        tables.map { table in
          [
            "table": .string(table.name), "row_security": .boolean(table.isEnabled),
            "forced": .boolean(table.isForced), "policies": .array(table.policies.map(json)),
          ]
        }))
  }

  private func json(_ policy: Policy) -> JSONValue {
    [
      "name": .string(policy.name), "command": .string(policy.detail.command),
      "permissive": .boolean(policy.detail.isPermissive),
      "roles": .array(policy.detail.roles.map { .string($0) }),
      "using": .optional(policy.detail.using), "check": .optional(policy.detail.check),
      "migration": .optional(policy.maker?.rawValue),
    ]
  }
}

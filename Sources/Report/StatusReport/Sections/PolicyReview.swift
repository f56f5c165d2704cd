import JSON
import Schema

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
  }

  let tables: [Table]
  /// The project's tables without row security.
  let unsecured: [String]

  init(_ facts: ReportFacts) {
    let policies = Dictionary(grouping: facts.snapshot.objects(of: .policy)) { $0.identity.table }
    let all = facts.snapshot.objects(of: .table).map(\.identity)
    tables = all.compactMap { table in
      let own = policies[table] ?? []
      let isEnabled = facts.snapshot.contains(.rowSecurity(table.schema ?? "", table.name))
      // Of the host's tables only those on which the project, or somebody, has put policies.
      guard !own.isEmpty || (isEnabled && !facts.snapshot.isPlatform(table)) else { return nil }
      return Table(
        name: table.qualifiedName, isEnabled: isEnabled,
        isForced: facts.snapshot.contains(.forcedRowSecurity(table.schema ?? "", table.name)),
        policies: own.compactMap { object in
          if case .policy(let detail) = object.detail {
            Policy(name: object.identity.name, detail: detail)
          } else {
            nil
          }
        })
    }
    unsecured = all.filter { table in
      !facts.snapshot.isPlatform(table)
        && !facts.snapshot.contains(.rowSecurity(table.schema ?? "", table.name))
    }.map(\.qualifiedName)
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
          ["Policy", "Command", "Roles", "USING", "WITH CHECK"],
          table.policies.map { policy in
            let detail = policy.detail
            return [
              ReportText(policy.name),
              detail.isPermissive ? ReportText(detail.command) : "\(detail.command), restrictive",
              ReportText(detail.roles.isEmpty ? "public" : detail.roles.joined(separator: ", ")),
              Self.expression(detail.using), Self.expression(detail.check),
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

  var json: JSONValue.Member {
    .init(
      "policies",
      .array(
        tables.map { table in
          [
            "table": .string(table.name), "row_security": .boolean(table.isEnabled),
            "forced": .boolean(table.isForced),
            "policies": .array(
              table.policies.map { policy in
                [
                  "name": .string(policy.name), "command": .string(policy.detail.command),
                  "permissive": .boolean(policy.detail.isPermissive),
                  "roles": .array(policy.detail.roles.map { .string($0) }),
                  "using": .optional(policy.detail.using), "check": .optional(policy.detail.check),
                ]
              }),
          ]
        }))
  }
}

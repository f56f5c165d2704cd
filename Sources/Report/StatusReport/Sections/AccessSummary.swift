import JSON
import Schema
import Verification

/// What each role can do with the rows of each table and view.
struct AccessSummary: ReportSection {
  static let title = "Access"

  /// One table or view.
  struct Row: Sendable, Hashable {
    var object: String
    /// By role, what comes of each command.
    var values: [[AccessValue]]
  }

  let roles: [String]
  let rows: [Row]

  init(_ facts: ReportFacts) {
    let matrix = AccessMatrix(facts.snapshot)
    roles = matrix.roles.filter { $0 != AccessMatrix.owner }
    rows = matrix.relations.map { object in
      Row(
        object: object.kind == .table
          ? object.qualifiedName : "\(object.qualifiedName) (\(object.kind.rawValue))",
        values: matrix.roles.filter { $0 != AccessMatrix.owner }.map { role in
          AccessCommand.onRows.map { matrix.cell(object, $0, role: role).value }
        })
    }
  }

  var blocks: [ReportBlock] {
    guard !rows.isEmpty, !roles.isEmpty else { return [] }
    return [
      .paragraph(
        "Which rows each role reaches by SELECT, INSERT, UPDATE and DELETE; \(code: "signalbox inspect access") explains each."
      ),
      .table(
        ["Table or view"] + roles,
        rows.map { row in [.code(row.object)] + row.values.map { ReportText(Self.words($0)) } }, ifEmpty: ""),
    ]
  }

  /// `all rows`, where every command comes to the same; else `SELECT own rows; DELETE none`.
  static func words(_ values: [AccessValue]) -> String {
    if let first = values.first, values.allSatisfy({ $0 == first }) { return first.explanation }
    var groups: [(value: AccessValue, commands: [String])] = []
    for (command, value) in zip(AccessCommand.onRows, values) {
      if let index = groups.firstIndex(where: { $0.value == value }) {
        groups[index].commands.append(command.rawValue)
      } else {
        groups.append((value, [command.rawValue]))
      }
    }
    return groups.map { "\($0.commands.joined(separator: ", ")): \($0.value.explanation)" }.joined(
      separator: "; ")
  }

  var json: JSONValue.Member {
    .init(
      "access",
      .array(
        rows.map { row in
          [
            "object": .string(row.object),
            "roles": .object(
              zip(roles, row.values).map { role, values in
                .init(
                  role,
                  .object(
                    zip(AccessCommand.onRows, values).map { .init($0.rawValue, .string($1.rawValue)) }))
              }),
          ]
        }))
  }
}

public import JSON
public import Schema
public import Verification

/// The answer of `signalbox inspect access --json`: every cell with its reasons.
public struct AccessDocument: Sendable {
  private let matrix: AccessMatrix
  private let objects: [ObjectIdentity]
  private let roles: [String]
  private let includesForecasts: Bool

  /// Makes the document of these objects and roles, and of what new objects will be granted if that is wanted.
  public init(
    _ matrix: AccessMatrix, objects: [ObjectIdentity], roles: [String], includesForecasts: Bool = false
  ) {
    self.matrix = matrix
    self.objects = objects
    self.roles = roles
    self.includesForecasts = includesForecasts
  }

  /// The document.
  public var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("database", .string(matrix.snapshot.database)), .init("roles", .array(roles.map { .string($0) })),
      .init("objects", .array(objects.map(object))),
    ]
    if includesForecasts { members.append(.init("new_objects", .array(matrix.forecasts.map(forecast)))) }
    return .object(members)
  }

  private func forecast(_ forecast: AccessForecast) -> JSONValue {
    [
      "kind": .string(forecast.kind), "schema": .string(forecast.schema), "made_by": .string(forecast.maker),
      "grants": .object(
        forecast.grants.map { grant in
          JSONValue.Member(grant.role, .array(grant.privileges.map { .string($0) }))
        }),
    ]
  }

  private func object(_ identity: ObjectIdentity) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("object", .string(identity.qualifiedName)), .init("kind", .string(identity.kind.rawValue)),
      .init("owner", .optional(matrix.snapshot[identity]?.owner)),
    ]
    if identity.kind == .table, let schema = identity.schema {
      members += [
        .init("row_security", .boolean(matrix.snapshot.contains(.rowSecurity(schema, identity.name)))),
        .init(
          "forced_row_security",
          .boolean(matrix.snapshot.contains(.forcedRowSecurity(schema, identity.name)))),
      ]
    }
    let access = roles.map { role in
      JSONValue.Member(
        role,
        .object(
          matrix.commands(for: identity).map { command in
            JSONValue.Member(command.rawValue, cell(matrix.cell(identity, command, role: role)))
          }))
    }
    members.append(.init("access", .object(access)))
    return .object(members)
  }

  private func cell(_ cell: AccessCell) -> JSONValue {
    [
      "value": .string(cell.value.rawValue),
      "columns": cell.columns.map { .array($0.map { .string($0) }) } ?? .null,
      "reasons": .array(
        cell.reasons.map { reason in
          [
            "kind": .string(reason.kind.rawValue), "text": .string(reason.text),
            "object": .optional(reason.object?.description),
          ]
        }),
    ]
  }
}

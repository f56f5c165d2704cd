import JSON
import Migrations
import Schema
import Script

/// The answer of `signalbox plan --json`.
public struct PlanDocument: Sendable {
  private let plan: Plan
  private let access: AccessOutlook?

  /// Makes the document of a plan, with how it changes what roles reach where that is known.
  public init(plan: Plan, access: AccessOutlook? = nil) {
    self.plan = plan
    self.access = access
  }

  /// The document.
  public var json: JSONValue {
    [
      "steps": .array(plan.steps.map(json)),
      "problems": .array(
        plan.problems.map { problem in
          [
            "code": .string(problem.code), "message": .string(problem.message),
            "location": .optional(problem.location?.description), "advice": .optional(problem.advice),
          ]
        }),
      "access": access.map { AccessOutlookDocument($0).json } ?? .null,
    ]
  }

  private func json(_ step: PlanStep) -> JSONValue {
    var requiredBy: [JSONValue] = []
    if case .required(let requirements) = step.inclusion {
      requiredBy = requirements.map { .string($0.from.rawValue) }
    }
    var reason: String?
    var mode = "transaction"
    if case .statementByStatement(let why) = step.mode {
      mode = "statement-by-statement"
      reason = why
    }
    return [
      "id": .string(step.migration.id.rawValue), "file": .string(step.migration.file),
      "mode": .string(mode), "mode_reason": .optional(reason), "required_by": .array(requiredBy),
      "strongest_lock": .optional(step.strongestLock?.mode.description),
      "statements": .array(
        step.statements.map { statement in
          [
            "line": .integer(Int64(statement.position.line)), "tag": .string(statement.tag),
            "sql": .string(statement.text),
            "locks": .array(
              statement.locks.map { lock in
                [
                  "mode": .string(lock.mode.description), "relation": .string(lock.relation.qualifiedName),
                  "rewrites_table": .boolean(lock.rewritesTable), "scans_table": .boolean(lock.scansTable),
                ]
              }),
            "opaque": .optional(statement.opacity),
          ]
        }),
    ]
  }
}

public import JSON
import Schema
public import Verification

/// The answer of `signalbox inspect access --probe --json`.
public struct ProbeDocument: Sendable {
  private let matrix: AccessMatrix
  private let plan: ProbePlan
  private let report: ProbeReport
  private let unavailableRoles: [String: String]
  private let movedSequences: [String]

  /// Makes the document of what was found.
  ///
  /// - Parameters:
  ///   - unavailableRoles: the roles that the session could not take on, each with what would let it.
  ///   - movedSequences: the sequences from which numbers were taken meanwhile.
  public init(
    _ matrix: AccessMatrix, plan: ProbePlan, report: ProbeReport, unavailableRoles: [String: String] = [:],
    movedSequences: [String] = []
  ) {
    self.matrix = matrix
    self.plan = plan
    self.report = report
    self.unavailableRoles = unavailableRoles
    self.movedSequences = movedSequences
  }

  /// The document.
  public var json: JSONValue {
    let summary = ProbeReport.Verdict.allCases.map { verdict in
      JSONValue.Member(
        verdict.rawValue, .integer(Int64(report.entries.count { $0.verdict == verdict })))
    }
    let omitted = plan.omissions.filter { $0.role == nil }
    return [
      "database": .string(matrix.snapshot.database), "summary": .object(summary),
      "results": .array(
        report.entries.map { entry in
          [
            "object": .string(entry.table.qualifiedName), "role": .string(entry.role),
            "command": .string(entry.command.rawValue), "verdict": .string(entry.verdict.rawValue),
            "value": .optional(entry.value?.rawValue),
            "expected": .string(
              matrix.cell(entry.table, entry.command, role: entry.role).value.rawValue),
            "agrees": .boolean(report.agrees(entry, with: matrix)), "asked": .boolean(entry.isAsked),
            "detail": .string(entry.detail),
          ]
        }),
      "omitted": .array(
        omitted.map { ["object": .string($0.table.qualifiedName), "reason": .string($0.reason)] }),
      "unavailable_roles": .object(
        unavailableRoles.keys.sorted().map { .init($0, .optional(unavailableRoles[$0])) }),
      "moved_sequences": .array(movedSequences.map { .string($0) }),
    ]
  }
}

public import Migrations
public import Schema

/// Holds what a probe found by doing against what a project expects its roles to reach.
public struct AccessProbeJudge: Sendable {
  private let matrix: AccessMatrix
  private let expectations: [(expectation: Expectation, access: AccessExpectation)]

  /// Takes the expectations that can hold already: those of no migration, and of migrations that are in.
  ///
  /// - Parameter selection: The migrations to check; nil for all, and the expectations that belong to none.
  public init(
    _ matrix: AccessMatrix, project: Project, statuses: [MigrationStatus],
    selection: Set<MigrationID>? = nil
  ) {
    self.matrix = matrix
    let applied = Set(
      statuses.filter { status in
        switch status.state {
        case .applied, .partial, .failed, .interrupted, .changed: selection?.contains(status.id) ?? true
        case .pending, .skipped, .archived, .superseded, .missing: false
        }
      }.map(\.id))
    expectations = project.expectations.compactMap { expectation in
      guard case .access(let access) = expectation.claim else { return nil }
      let counts = expectation.migration.map(applied.contains) ?? (selection == nil)
      return counts ? (expectation, access) : nil
    }
  }

  /// The relations and functions to probe, in order.
  public var objects: [ObjectIdentity] {
    Set(expectations.flatMap { matrix.objects(of: $0.access) }).sorted()
  }

  /// The roles to probe as, in order.
  public var roles: [String] {
    Set(expectations.map(\.access.role)).filter { matrix.snapshot.access.roles[$0] != nil }.sorted()
  }

  /// What the probe of ``objects`` and ``roles`` says of each expectation.
  ///
  /// Each object's own owner is not probed and has no finding.
  public func findings(_ plan: ProbePlan, _ report: ProbeReport) -> [Finding] {
    let found = Dictionary(grouping: report.entries) { Place(object: $0.table, role: $0.role) }
    var findings: [Finding] = []
    var untried: Set<ObjectIdentity> = []
    for (expectation, access) in expectations where access.role != AccessMatrix.owner {
      for object in matrix.objects(of: access) {
        let entries = found[Place(object: object, role: access.role)] ?? []
        let finding = finding(expectation, access, object, entries, plan)
        // What holds an object back holds it back for every role.
        if finding.severity == .warning, !untried.insert(object).inserted { continue }
        findings.append(finding)
      }
    }
    return findings
  }

  private struct Place: Hashable {
    var object: ObjectIdentity
    var role: String
  }

  private func finding(
    _ expectation: Expectation, _ access: AccessExpectation, _ object: ObjectIdentity,
    _ entries: [ProbeReport.Entry], _ plan: ProbePlan
  ) -> Finding {
    func finding(_ code: String, _ severity: Finding.Severity, _ message: String) -> Finding {
      Finding(
        code: code, severity: severity, migration: expectation.migration, object: object,
        message: message, location: expectation.location)
    }
    let covered = entries.filter { access.covers($0.command) }
    for entry in covered {
      guard let value = entry.value, contradicts(access, value, entry) else { continue }
      return finding(
        FindingCode.expectationAccessProbe, .failure,
        "\(access.subject(entry.command, object)) really reaches \(value.explanation(for: entry.command)), expected is "
          + "\(access.words(for: entry.command)): \(entry.detail)")
    }
    guard covered.contains(where: { $0.value != nil }) else {
      let reason =
        covered.first?.detail
        ?? plan.omissions.first { $0.table == object && ($0.role == nil || $0.role == access.role) }?.reason
      return finding(
        FindingCode.expectationAccessUntried, .warning,
        "what is reached of \(object.qualifiedName) could not be tried: \(reason ?? "nothing was planned for it")"
      )
    }
    return finding(
      FindingCode.expectationMet, .pass, "\(access.subject(nil, object)) really reaches \(access.reach)")
  }

  /// Two made-up rows tell all rows from own rows, but not why: whether a policy or a role's attribute shows them all,
  /// or what else than its owner picks a row.
  private func contradicts(
    _ access: AccessExpectation, _ value: AccessValue, _ entry: ProbeReport.Entry
  ) -> Bool {
    if access.reach == .some, value != .error { return false }
    if access.reach == .bypass, value == .all { return false }
    let cell = matrix.cell(entry.table, entry.command, role: entry.role)
    if access.reach == .own, value == .noPolicy, cell.hasFurtherConditions { return false }
    return access.difference(from: value, by: entry.command) != nil
  }
}

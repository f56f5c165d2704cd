import Script

/// Which migrations can be recorded as applied without being run, and why.
public struct AdoptionPlanner: Sendable {
  /// One migration that could be recorded.
  public struct Candidate: Sendable, Hashable {
    /// Where it stands.
    public var status: MigrationStatus
    /// What speaks for its being in.
    public var reason: String
    /// What speaks against it; nil if nothing does.
    public var contradiction: String?

    /// Makes a candidate from its parts.
    public init(status: MigrationStatus, reason: String, contradiction: String? = nil) {
      self.status = status
      self.reason = reason
      self.contradiction = contradiction
    }
  }

  /// The candidates among the migrations of a target, in their order.
  ///
  /// Without a selection: those that the catalog or another tool's history says are in, and that have no row. With one:
  /// all that is selected and has no row that says that it is in.
  public static func candidates(
    _ statuses: [MigrationStatus], selection: Set<MigrationID>? = nil
  ) -> [Candidate] {
    statuses.compactMap { status in
      guard status.state != .missing, !isRecorded(status) else { return nil }
      if let selection {
        guard selection.contains(status.id) else { return nil }
      } else {
        let isClaimed =
          status.state == .applied
          || ((status.state == .partial || status.state == .changed) && !status.otherTools.isEmpty)
        guard isClaimed, status.history == nil || status.history?.state == .retired else { return nil }
      }
      return Candidate(status: status, reason: reason(status), contradiction: contradiction(status))
    }
  }

  private static func isRecorded(_ status: MigrationStatus) -> Bool {
    status.history?.state == .applied || status.history?.state == .adopted
  }

  private static func reason(_ status: MigrationStatus) -> String {
    var reasons: [String] = []
    if let evidence = status.evidence, !evidence.isInconclusive {
      reasons.append("\(evidence.found) of \(evidence.expected) objects are there")
    }
    if !status.otherTools.isEmpty {
      reasons.append("recorded by \(status.otherTools.joined(separator: ", "))")
    }
    if status.evidence?.isInconclusive ?? true, status.otherTools.isEmpty, let note = status.note {
      reasons.append(note)
    }
    return reasons.isEmpty ? "the operator says so" : reasons.joined(separator: "; ")
  }

  private static func contradiction(_ status: MigrationStatus) -> String? {
    if status.state == .skipped { return "the project says that it is skipped" }
    if status.state == .archived { return "its file is archived" }
    if status.history?.state == .running { return "it is interrupted: `signalbox repair` settles that" }
    guard let evidence = status.evidence, evidence.found < evidence.expected,
      let first = evidence.items.first(where: { $0.verdict != .found })
    else { return status.state == .changed ? "the file is not the one that ran" : nil }
    let others = evidence.expected - evidence.found - 1
    let more = others > 0 ? " and \(others) more" : ""
    if case .differs(let how) = first.verdict { return "\(first.object) differs (\(how))\(more)" }
    return "\(first.object)\(more) \(first.action == .drops ? "still there" : "missing")"
  }
}

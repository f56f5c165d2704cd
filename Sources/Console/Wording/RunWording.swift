import Migrations

extension RunMode {
  /// What the operator asks for.
  var verb: String {
    switch self {
    case .straight: "apply"
    case .step: "step through"
    case .dryRun: "rehearse"
    }
  }

  /// The verb at the beginning of a question.
  var titleVerb: String {
    switch self {
    case .straight: "Apply"
    case .step: "Step through"
    case .dryRun: "Dry run of"
    }
  }
}

extension MigrationOutcome {
  /// How a migration ended, in a phrase.
  var phrase: String {
    switch self {
    case .applied: "applied"
    case .rehearsed: "would apply; rolled back"
    case .skipped: "left out whole; nothing of it stays"
    case .rolledBack: "failed, rolled back whole"
    case .failed(_, let statements): "failed; \(Amounts.count(statements, "statement")) stay"
    case .aborted(let statements):
      statements == 0
        ? "stopped, rolled back whole" : "stopped; \(Amounts.count(statements, "statement")) stay"
    }
  }

  /// Whether everything went well.
  var isGood: Bool {
    switch self {
    case .applied, .rehearsed: true
    case .skipped, .rolledBack, .failed, .aborted: false
    }
  }

  /// What went wrong, if something did.
  var message: ServerMessage? {
    switch self {
    case .rolledBack(let message), .failed(let message, _): message
    case .applied, .rehearsed, .skipped, .aborted: nil
    }
  }
}

extension PauseReason {
  /// Why the run waits, for the title of the statements.
  var phrase: String {
    switch self {
    case .step: "waiting"
    case .breakpoint: "waiting at a breakpoint"
    case .requested: "paused"
    case .failure: "failed, waiting"
    case .unverified: "verification is not complete, waiting"
    case .widened: "access widens beyond what was announced, waiting"
    }
  }
}

extension SessionDescription {
  /// `pid 4711 psql postgres, idle transaction for 12 s: SELECT …`, as far as it is known.
  var phrase: String {
    var parts = ["pid \(pid)"]
    if let application, !application.isEmpty { parts.append(application) }
    if let user { parts.append("as \(user)") }
    if let address { parts.append("from \(address)") }
    if let seconds { parts.append("for \(Amounts.duration(milliseconds: seconds * 1_000))") }
    return parts.joined(separator: " ") + (query.map { ": \($0)" } ?? "")
  }
}

extension ServerMessage {
  /// `ERROR 42P01: relation "x" does not exist`.
  var phrase: String { code.isEmpty ? "\(severity): \(message)" : "\(severity) \(code): \(message)" }
}

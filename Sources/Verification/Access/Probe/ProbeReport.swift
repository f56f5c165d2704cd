public import Schema

/// What a probe found, one entry for each table, role and command.
public struct ProbeReport: Sendable {
  /// What one role could do by one command.
  public struct Entry: Sendable, Hashable {
    /// The table.
    public var table: ObjectIdentity
    /// The role.
    public var role: String
    /// The command.
    public var command: AccessCommand
    /// What was found.
    public var verdict: Verdict
    /// What the matrix calls that; nil where it could not be found out.
    public var value: AccessValue?
    /// The row that was reached, what the server said, or why nothing could be tried.
    public var detail: String
    /// Whether the server was only asked, and nothing was done.
    public var isAsked = false
  }

  /// What was found of a command.
  public enum Verdict: String, Sendable, Hashable, CaseIterable, Codable {
    /// The user reaches the own row and not the other's.
    case isolated
    /// A row of somebody else is reached.
    case leaks
    /// Neither row is reached.
    case blocked
    /// The command works as it should for somebody to whom row security does not apply, or on what has no rows.
    case allowed
    /// The command fails for another reason than a refusal.
    case error
    /// It could not be tried.
    case untried
  }

  /// The entries, in the order of the trials.
  public let entries: [Entry]

  /// Judges what came of a plan.
  ///
  /// - Parameters:
  ///   - preparations: What came of ``ProbePlan/seeds``, in order.
  ///   - trials: What came of ``ProbePlan/trials``, in order.
  public init(_ plan: ProbePlan, preparations: [RoleStatement.Outcome], trials: [RoleStatement.Outcome]) {
    var missing: [ObjectIdentity: String] = [:]
    for (seed, outcome) in zip(plan.seeds, preparations) {
      switch outcome {
      case .failure(let failure), .untried(let failure):
        missing[seed.table] = missing[seed.table] ?? Self.explanation(of: failure, table: seed.table)
      case .rows: continue
      }
    }
    var absent: [ObjectIdentity: String] = [:]
    var found: [Place: [(ProbePlan.Trial, RoleStatement.Outcome)]] = [:]
    var order: [Place] = []
    for (trial, outcome) in zip(plan.trials, trials) {
      guard let command = trial.command else {
        if outcome != .rows(1) { absent[trial.table] = Self.absence(of: trial.table, outcome, missing) }
        continue
      }
      let place = Place(table: trial.table, role: trial.role, command: command)
      if found[place] == nil { order.append(place) }
      found[place, default: []].append((trial, outcome))
    }
    entries =
      order.map { place in
        if let reason = absent[place.table] { return place.entry(.untried, nil, reason) }
        return Self.judge(place, found[place] ?? [])
      }
      + plan.omissions.compactMap { omission in
        guard let role = omission.role, let command = omission.command else { return nil }
        return Place(table: omission.table, role: role, command: command).entry(
          .untried, nil, omission.reason)
      }
  }

  /// Whether an entry is what the matrix says; what could not be tried contradicts nothing.
  public func agrees(_ entry: Entry, with matrix: AccessMatrix) -> Bool {
    guard let value = entry.value else { return true }
    let cell = matrix.cell(entry.table, entry.command, role: entry.role)
    switch cell.value {
    case .all, .bypass: return value == .all
    // The made-up row may miss a further condition; it may never let the other's row be reached.
    case .own where cell.hasFurtherConditions: return value == .own || value == .noPolicy
    case .some: return [.all, .own, .some, .noPolicy].contains(value)
    case let expected: return value == expected
    }
  }

  /// Why a row is not there to be tried.
  private static func absence(
    of table: ObjectIdentity, _ outcome: RoleStatement.Outcome, _ missing: [ObjectIdentity: String]
  ) -> String {
    if let reason = missing[table] { return "no row could be made: \(reason)" }
    switch outcome {
    case .failure(let failure), .untried(let failure): return "no row can be looked for: \(failure.message)"
    case .rows:
      let first = missing.sorted { $0.key < $1.key }.first
      let cause = first.map { " (\($0.key.qualifiedName): \($0.value))" } ?? ""
      return table.kind == .view
        ? "the row that was made beneath it does not show in it\(cause)"
        : "no row could be made: it is not there afterwards\(cause)"
    }
  }

  /// What the server said to an INSERT of ours, and what would let it through.
  private static func explanation(of failure: RoleStatement.Failure, table: ObjectIdentity) -> String {
    guard failure.sqlState == "42501" else { return failure.message }
    return failure.routine == "ExecWithCheckOptions"
      ? "\(failure.message): row security applies to the session's own role; probe as the table's owner or a role with BYPASSRLS"
      : "\(failure.message): GRANT SELECT, INSERT ON \(table.qualifiedName) to the session's own role would let it"
  }

  struct Place: Hashable {
    var table: ObjectIdentity
    var role: String
    var command: AccessCommand

    func entry(
      _ verdict: Verdict, _ value: AccessValue?, _ detail: String, isAsked: Bool = false
    ) -> Entry {
      Entry(
        table: table, role: role, command: command, verdict: verdict, value: value, detail: detail,
        isAsked: isAsked)
    }
  }

  /// What came of one command on one row.
  private enum Reach {
    case reached
    case hidden
    case refused(String)
    case noPrivilege(String)
    case failed(String)
    case unclear(String)
  }

  private static func judge(
    _ place: Place, _ trials: [(ProbePlan.Trial, RoleStatement.Outcome)]
  ) -> Entry {
    if trials.contains(where: { $0.0.means != .row }) { return judgeUse(place, trials) }
    var reached: [ProbeUser: String] = [:]
    var words: [String] = []
    var hasPrivilege = true
    for (trial, outcome) in trials {
      switch reach(outcome, trial) {
      case .reached: reached[trial.user] = trial.row
      case .hidden: continue
      case .refused(let message): words.append(message)
      case .noPrivilege(let message):
        hasPrivilege = false
        words.append(message)
      case .failed(let message): return place.entry(.error, .error, message)
      case .unclear(let message): return place.entry(.untried, nil, message)
      }
    }
    let isSignedIn = place.role == PolicyReader.signedIn
    let isExempt = trials.contains { $0.0.bypassesRowSecurity }
    switch (reached[.first], reached[.second]) {
    case (nil, nil):
      return place.entry(.blocked, hasPrivilege ? .noPolicy : .noGrant, words.first ?? "no row is found")
    case (let own?, nil):
      return isSignedIn
        ? place.entry(.isolated, .own, "the own row only: \(own)") : place.entry(.leaks, .some, own)
    case (nil, let other?): return place.entry(.leaks, .some, other)
    case (.some, let other?):
      return isExempt
        ? place.entry(.allowed, .all, "every row: row security does not apply to \(place.role)")
        : place.entry(.leaks, .all, other)
    }
  }

  /// A constraint is checked after the policies: who meets one has passed them (ExecInsert in `nodeModifyTable.c`).
  private static func reach(_ outcome: RoleStatement.Outcome, _ trial: ProbePlan.Trial) -> Reach {
    switch outcome {
    case .rows(let count): return count > 0 ? .reached : .hidden
    case .untried(let failure): return .unclear(failure.message)
    case .failure(let failure):
      switch failure.sqlState {
      case "42501" where failure.routine == "ExecWithCheckOptions": return .refused(failure.message)
      // WITH CHECK OPTION of a view.
      case "44000": return .refused(failure.message)
      case "42501" where failure.context == nil && names(failure.message, trial.table):
        return .noPrivilege(failure.message)
      case "42501" where failure.context == nil, "42P17": return .failed(failure.message)
      case let state where state.hasPrefix("23"): return .reached
      default: return .unclear(failure.message)
      }
    }
  }

  /// Whether a refusal is about the table or its schema: the message ends with its name, in every language.
  private static func names(_ message: String, _ table: ObjectIdentity) -> Bool {
    let word = message.split(separator: " ").last.map(String.init) ?? message
    return [table.name, table.schema].compactMap { $0 }.contains { word == $0 || word == "\"\($0)\"" }
  }
}

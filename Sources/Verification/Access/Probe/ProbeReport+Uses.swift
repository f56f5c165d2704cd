import Schema

/// What came of using what has no rows.
extension ProbeReport {
  /// Judges by the use where it tells, else by what the server says when it is asked.
  static func judgeUse(
    _ place: Place, _ trials: [(trial: ProbePlan.Trial, outcome: RoleStatement.Outcome)]
  ) -> Entry {
    let question = trials.first { $0.trial.means == .question }
    var isAllowed: Bool?
    var silence = "nothing was planned"
    switch question?.outcome {
    case .rows(let count): isAllowed = count > 0
    case .failure(let failure), .untried(let failure): silence = failure.message
    case nil: break
    }
    func answer(_ hindrance: String) -> Entry {
      guard let question, let isAllowed else {
        return place.entry(.untried, nil, question == nil ? hindrance : silence)
      }
      let detail = question.trial.row + (hindrance.isEmpty ? "" : "; \(hindrance)")
      return isAllowed
        ? place.entry(.allowed, .all, detail, isAsked: true)
        : place.entry(.blocked, .noGrant, detail, isAsked: true)
    }
    guard let (use, outcome) = trials.first(where: { $0.trial.means == .use }) else { return answer("") }
    switch outcome {
    case .rows: return place.entry(.allowed, .all, use.row)
    case .untried(let failure): return answer(failure.message)
    case .failure(let failure):
      if failure.sqlState == "42501", failure.context == nil, isAllowed != true {
        return place.entry(.blocked, .noGrant, failure.message)
      }
      if isBehindPrivilege(failure, place.table.kind) {
        let isExpected = place.command == .usage
        return place.entry(
          .allowed, .all, isExpected ? use.row : "\(use.row), and ended with: \(failure.message)")
      }
      return answer("the trial ended with: \(failure.message)")
    }
  }

  /// Whether a failure comes after the privilege was found: inside a function, or of a name that was looked up.
  private static func isBehindPrivilege(_ failure: RoleStatement.Failure, _ kind: ObjectKind) -> Bool {
    switch (kind, failure.sqlState) {
    case (.schema, let state): return state == "42P01"
    // A materialized view that was never filled.
    case (.materializedView, "55000"): return true
    default: break
    }
    return failure.context != nil || failure.sqlState == "42501" || failure.sqlState == "57014"
  }
}

import Schema
import Script

/// A drop of something that a view, policy, trigger or function still refers to.
struct DroppedInUse: StatementLint {
  let code: LintCode = "lint.dropped-in-use"

  func candidates(in context: StatementContext) -> [LintCandidate] {
    let effects = context.statement.effects
    let renamed = Set(effects.compactMap(\.renamedFrom))
    let dropped = effects.filter { $0.action == .drops && !renamed.contains($0.object) }.map(\.object)
    return dropped.flatMap { object -> [LintCandidate] in
      // What goes with something else is judged with it.
      guard !dropped.contains(where: { $0 != object && object.isPart(of: $0) }),
        context.schema.entry(of: object)?.isCertain ?? true
      else { return [] }
      return judge(object, alsoDropped: Set(dropped), context)
    }
  }

  private func judge(
    _ object: ObjectIdentity, alsoDropped: Set<ObjectIdentity>, _ context: StatementContext
  ) -> [LintCandidate] {
    let cascades = context.statement.text.uppercased().split { !$0.isLetter }.contains("CASCADE")
    let users = context.users(of: object)
    let bound = users.filter { !$0.isLateBound && (cascades || !alsoDropped.contains($0.identity)) }
    var found: [LintCandidate] = []
    if !bound.isEmpty, !cascades {
      found.append(
        context.candidate(
          code, severity(.failure, context), object,
          "\(object) cannot be dropped: \(StatementContext.names(bound)) "
            + "\(bound.count == 1 ? "refers" : "refer") to it",
          advice: "Drop or change \(bound.count == 1 ? "it" : "them") first."))
    }
    let lost = bound.filter { !context.isMadeAgain($0.identity) && context.final.objects[$0.identity] == nil }
    if cascades, !lost.isEmpty {
      found.append(
        context.candidate(
          code, severity(.warning, context), object,
          "CASCADE takes \(StatementContext.names(lost)) along with \(object), and no later statement makes "
            + "\(lost.count == 1 ? "it" : "them") again",
          advice: "Name what is to go in DROP statements of its own, so that it is seen in review."))
    }
    let broken = users.filter {
      $0.isLateBound && !alsoDropped.contains($0.identity) && context.staysBroken($0, without: object)
    }
    if !broken.isEmpty {
      found.append(
        context.candidate(
          code, severity(.failure, context), object,
          "\(StatementContext.names(broken)) \(broken.count == 1 ? "fails" : "fail") at the next call: "
            + "\(object) is gone",
          advice: "Replace or drop \(broken.count == 1 ? "it" : "them") in the same migration."))
    }
    return found
  }

  private func severity(_ severity: Finding.Severity, _ context: StatementContext) -> Finding.Severity {
    context.isApplied ? .pass : severity
  }
}

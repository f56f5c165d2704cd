import Schema
import Script

/// A rename of something that a function refers to by its old name.
///
/// Views and policies follow a rename; the text of a function does not.
struct RenamedInUse: StatementLint {
  let code: LintCode = "lint.renamed-in-use"

  func candidates(in context: StatementContext) -> [LintCandidate] {
    let renames = context.statement.effects.filter { $0.action == .creates && $0.renamedFrom != nil }
    return renames.compactMap { effect in
      guard let old = effect.renamedFrom,
        !renames.contains(where: { one in
          one.renamedFrom.map { $0 != old && old.isPart(of: $0) } ?? false
        })
      else { return nil }
      let broken = context.users(of: old).filter {
        $0.isLateBound && context.staysBroken($0, without: old)
      }
      guard !broken.isEmpty else { return nil }
      return context.candidate(
        code, context.isApplied ? .pass : .failure, old,
        "\(StatementContext.names(broken)) \(broken.count == 1 ? "fails" : "fail") at the next call: "
          + "\(old) is called \(effect.object.qualifiedName) then",
        advice: "Replace \(broken.count == 1 ? "it" : "them") with the new name in the same migration.")
    }
  }
}

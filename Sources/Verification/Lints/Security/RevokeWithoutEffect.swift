import Schema
import Script

/// A `REVOKE` from a role of what everybody may do, the role among them.
struct RevokeWithoutEffect: StatementLint {
  let code: LintCode = "lint.revoke-without-effect"

  func candidates(in context: StatementContext) -> [LintCandidate] {
    let revoked = context.statement.effects.filter { $0.action == .drops && $0.object.kind == .grant }
    let kept = revoked.compactMap { effect in Kept(effect.object, in: context) }
    let targets = Set(kept.map(\.target)).sorted()
    return targets.map { target in candidate(kept.filter { $0.target == target }, on: target, context) }
      + defaults(context)
  }

  /// What a role keeps, since everybody has it.
  private struct Kept {
    var grant: ObjectIdentity
    var privilege: String
    var role: String

    /// What all grants on one object have in common.
    var target: ObjectIdentity {
      var target = grant
      target.signature = nil
      return target
    }

    init?(_ grant: ObjectIdentity, in context: StatementContext) {
      guard let words = GrantWords(grant), words.role != "public" else { return nil }
      var everybody = grant
      everybody.signature = "\(words.privilege) to public"
      // A later statement may put it right, or give the role the right on purpose.
      guard context.schema.objects[everybody]?.isCertain ?? false,
        context.final.objects[everybody]?.isCertain ?? false, context.final.objects[grant] == nil
      else { return nil }
      self.grant = grant
      privilege = words.privilege
      role = words.role
    }
  }

  private func candidate(
    _ kept: [Kept], on target: ObjectIdentity, _ context: StatementContext
  ) -> LintCandidate {
    let privileges = Set(kept.map(\.privilege)).sorted().joined(separator: ", ")
    let roles = Set(kept.map(\.role)).sorted()
    let name = Self.name(of: target)
    let roleNames = roles.map(Identifier.quoted).joined(separator: ", ")
    return context.candidate(
      code, .warning, kept.map(\.grant).min() ?? target,
      "\(roleNames) \(roles.count == 1 ? "keeps" : "keep") \(privileges) on \(name): PUBLIC has it, and every role is "
        + "a member of PUBLIC",
      advice: "REVOKE \(privileges) ON \(name) FROM PUBLIC; then GRANT it to those who need it.")
  }

  /// `FUNCTION public.refresh(uuid)`; a grant's name is bare.
  private static func name(of target: ObjectIdentity) -> String {
    let parts = target.name.split(separator: "(", maxSplits: 1, omittingEmptySubsequences: false)
    let arguments = parts.count > 1 ? "(\(parts[1])" : ""
    let name = [target.schema, parts.first.map(String.init)].compactMap { $0 }.map(Identifier.quoted)
      .joined(separator: ".")
    return "\((target.parent ?? "").uppercased()) \(name)\(arguments)"
  }

  /// `ALTER DEFAULT PRIVILEGES IN SCHEMA … REVOKE … FROM PUBLIC`, which does not reach what everybody gets anyway.
  private func defaults(_ context: StatementContext) -> [LintCandidate] {
    let revoked = context.statement.effects.filter { effect in
      guard effect.action == .drops, effect.object.kind == .defaultPrivilege, effect.object.schema != nil,
        let words = GrantWords(effect.object), words.role == "public"
      else { return false }
      return LintSchema.isGivenToEverybody(words.privilege, onAll: effect.object.name)
        && context.schema.objects[effect.object] == nil
        && !context.final.withheldFromEverybody.contains(effect.object.name)
    }
    guard let first = revoked.first?.object, let words = GrantWords(first) else { return [] }
    let kinds = first.name.uppercased()
    return [
      context.candidate(
        code, .warning, first,
        "PUBLIC gets \(words.privilege) on new \(first.name) all the same: default privileges of a schema add to those of "
          + "the database and take nothing from them",
        advice:
          "ALTER DEFAULT PRIVILEGES REVOKE \(words.privilege) ON \(kinds) FROM PUBLIC; without IN SCHEMA.")
    ]
  }
}

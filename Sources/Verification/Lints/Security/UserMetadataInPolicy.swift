import Migrations
import Schema

/// A policy that believes what users write about themselves.
struct UserMetadataInPolicy: SchemaLint {
  let code: LintCode = "lint.user-metadata-in-policy"

  func candidates(in schema: LintSchema, _ facts: LintFacts) -> [LintCandidate] {
    guard facts.platform == .supabase else { return [] }
    return schema.certain(.policy).compactMap { policy, entry in
      guard case .policy(let detail) = entry.detail, let table = policy.table else { return nil }
      let text = [detail.using, detail.check].compactMap { $0 }.joined(separator: " ")
      guard let name = ["raw_user_meta_data", "user_metadata"].first(where: { text.text(behind: $0) != nil })
      else { return nil }
      return LintCandidate(
        code: code, severity: .failure, place: entry.changedAt, object: policy,
        message:
          "\(name) decides who may see or write \(table.qualifiedName), and every user can change their own",
        advice: "Keep rights in app_metadata (raw_app_meta_data), or in a table of their own.")
    }
  }
}

import Schema

/// Amounts and rights in words.
enum Wording {
  /// `3.2 ms`.
  static func milliseconds(_ value: Double) -> String { "\(tenths(value)) ms" }

  /// `3.2 s`, `4 min`, `2 h`.
  static func seconds(_ value: Double) -> String {
    if value < 120 { return "\(tenths(value)) s" }
    if value < 7_200 { return "\(Int((value / 60).rounded())) min" }
    return "\(Int((value / 3_600).rounded())) h"
  }

  /// The role's rights in a sentence: what it can do, and what it cannot.
  static func rights(of session: SessionFacts) -> String {
    let names: [(SessionFacts.Right, String)] = [
      (.superuser, "superuser"), (.createRole, "creates roles"), (.createDatabase, "creates databases"),
      (.bypassRowSecurity, "bypasses row security"), (.replication, "replicates"),
      (.createSchema, "creates schemas"), (.createInPublic, "creates in public"),
    ]
    let can = names.filter { session.rights.contains($0.0) }.map(\.1)
    let cannot = names.filter {
      !session.rights.contains($0.0) && [.createSchema, .createInPublic].contains($0.0)
    }
    var parts = can.isEmpty ? ["no rights of note"] : can
    parts += cannot.map { "not: \($0.1)" }
    let memberships =
      session.memberships.isEmpty ? "" : "; member of \(session.memberships.joined(separator: ", "))"
    return "`\(session.role)`: \(parts.joined(separator: ", "))\(memberships)"
  }

  private static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

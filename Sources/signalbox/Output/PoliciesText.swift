import Display
import Migrations
import Report
import Schema
import Verification

/// `signalbox inspect policies` for people: each policy with its expressions laid out over lines.
struct PoliciesText {
  let document: PolicyDocument
  let columns: Int
  let style: TextStyle

  /// The lines of the document.
  var lines: [String] {
    let tables = document.tables
    guard !tables.isEmpty else { return ["No table has row security or a policy."] }
    return Array(tables.map(lines).joined(separator: [""]))
  }

  private func lines(of table: PolicyDocument.Table) -> [String] {
    var words = table.isEnabled ? "row security on" : "row security off: no policy has any effect"
    if table.isForced { words += ", forced on the owner" }
    let state = table.isEnabled ? style.muted(words) : style.failure(words)
    var lines = ["\(style.bold(harmless(table.name)))  \(state)"]
    if table.policies.isEmpty {
      lines.append(style.warning("  no policy: nobody but those who bypass row security sees a row"))
    }
    for policy in table.policies { lines += self.lines(of: policy) }
    return lines
  }

  private func lines(of policy: PolicyDocument.Policy) -> [String] {
    let detail = policy.detail
    let roles = detail.roles.isEmpty ? "public" : detail.roles.joined(separator: ", ")
    var lines = ["  \(harmless(policy.name))"]
    var head = "    \(detail.command) to \(harmless(roles))"
    if !detail.isPermissive { head += ", \(style.warning("restrictive"))" }
    if let migration = policy.migration { head += "  \(style.muted(harmless(migration.rawValue)))" }
    lines.append(head)
    if let using = detail.using { lines += expression("USING", using) }
    if let check = detail.check { lines += expression("WITH CHECK", check) }
    return lines
  }

  /// An expression, broken before AND and OR on its outermost level, and to the width.
  private func expression(_ word: String, _ text: String) -> [String] {
    let indent = "               "
    let parts = PolicyLayout.lines(of: text)
    let room = max(20, columns - indent.count)
    let lines = parts.flatMap { Text(foreign: $0).wrapped(to: room, indent: "  ") }
    return lines.enumerated().map { index, line in
      (index == 0 ? style.muted("    " + Text(foreign: word).padded(to: 11).string) : indent) + line.string
    }
  }
}

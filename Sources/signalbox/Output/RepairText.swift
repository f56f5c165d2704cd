import Display
import Migrations
import Report

/// `signalbox repair` for people: what is inconsistent, what would be done, why, and how changed files differ.
struct RepairText {
  let repairs: [Repair]
  let differences: [MigrationID: LineDifference]
  let acceptsContradictions: Bool
  let style: TextStyle

  /// The lines of the list.
  var lines: [String] {
    repairs.enumerated().flatMap { index, repair in (index == 0 ? [] : [""]) + lines(of: repair) }
  }

  private func lines(of repair: Repair) -> [String] {
    var lines = [
      "\(style.bold(harmless(repair.id.rawValue)))  \(style.warning(repair.problem.rawValue)) → \(action(repair))",
      "  \(harmless(repair.reason))",
    ]
    for line in differences[repair.id]?.lines ?? [] {
      let text = "    \(harmless(line.marked))"
      switch line.kind {
      case .kept: lines.append(text)
      case .gap: lines.append(style.muted(text))
      case .removed: lines.append(style.failure(text))
      case .added: lines.append(style.success(text))
      }
    }
    return lines
  }

  private func action(_ repair: Repair) -> String {
    if repair.isContradicted && !acceptsContradictions { return "nothing without --contradicting" }
    switch repair.action {
    case .realign: return "record the file as it is now"
    case .settle(.applied, _): return "record it as applied"
    case .settle(.failed, let done): return "record it as failed behind statement \(done)"
    case .settle(.reverted, _): return "record it as reverted"
    case .settle(.retired, _): return "retire its row"
    case .settle(let state, _): return "record it as \(state.rawValue)"
    case .remove: return "remove its row"
    case .nothing: return "nothing to record"
    }
  }
}

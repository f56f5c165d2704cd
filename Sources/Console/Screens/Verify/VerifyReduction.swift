import Migrations
import Schema
import Verification

/// What keys and answers do to the findings.
extension Reduction {
  /// Takes the findings that came with the states.
  mutating func takeFindings(_ findings: [Finding]) {
    state.verify.trouble = nil
    state.verify.book.take(findings, at: now)
    state.verify.rebuild()
  }

  mutating func takeCheck(_ findings: [Finding], of migration: MigrationID?, _ catalog: Snapshot) {
    state.verify.trouble = nil
    state.catalog = catalog
    state.verify.book.take(findings, of: migration, at: now)
    state.verify.rebuild()
    state.statuses.take(findings, of: migration)
    let (better, worse) = state.verify.book.changes
    note(
      worse > 0 ? .warning : .done,
      "\(migration.map(\.rawValue) ?? "everything") checked again: \(better) better, \(worse) worse than before"
    )
  }

  mutating func checkAgain(_ migration: MigrationID?) { load(.verify(.check(migration))) }

  mutating func sortFindings() {
    state.verify.order = state.verify.order.next
    state.verify.rebuild()
  }

  mutating func togglePassed() {
    state.verify.showsPassed.toggle()
    state.verify.rebuild()
  }
}

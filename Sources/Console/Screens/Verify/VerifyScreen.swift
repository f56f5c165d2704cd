import Display
import Migrations
import Verification

/// What the checks found: every finding, why it is so, what the catalog says, and what can be done.
struct VerifyScreen: Sendable {
  var list = FilteredList<FindingRow>()
  var detail = DetailPane()
  var panes = TwoPanes()
  var book = FindingBook()
  var order = FindingOrder.severity
  /// Whether checks that found what they should are listed.
  var showsPassed = false
  /// What kept the last check from being made, if something did.
  var trouble: Trouble?

  /// The cells that the longest name and the longest code take.
  private(set) var migrationColumns = 0
  private(set) var codeColumns = 0

  static let slot = ScreenRequest.verify(.check(nil)).slot

  /// Makes the rows anew from what the checks found.
  mutating func rebuild() {
    list.take(order.rows(book, passed: showsPassed))
    let findings = list.items.compactMap(\.entry?.finding)
    migrationColumns = findings.map { $0.migration?.rawValue.count ?? 0 }.max() ?? 0
    codeColumns = findings.map(\.code.count).max() ?? 0
  }
}

extension VerifyScreen: ListScreen {
  static let screen = Screen.verify
  static var path: any WritableKeyPath<ConsoleState, VerifyScreen> & Sendable { \.verify }
  static let arrangement = TwoPanes.Arrangement.below(list: 55)

  // The findings come with the states.
  static func appear(_ reduction: inout Reduction) {}
  static func forget(_ reduction: inout Reduction) {}

  static func take(
    _ answer: Result<ScreenAnswer, Trouble>, to request: ScreenRequest, _ reduction: inout Reduction
  ) {
    guard case .verify(.check(let migration)) = request else { return }
    switch answer {
    case .success(.verify(.checked(let findings, let catalog))):
      reduction.takeCheck(findings, of: migration, catalog)
    case .failure(let trouble): reduction.state.verify.trouble = trouble
    case .success: break
    }
  }

  static func subject(_ state: ConsoleState) -> Subject? {
    guard let finding = state.verify.current?.finding else { return nil }
    if let object = finding.object { return .object(object) }
    return finding.migration.map(Subject.migration)
  }

  static func show(_ subject: Subject, _ reduction: inout Reduction) -> Bool {
    let row = reduction.state.verify.list.items.first { row in
      guard let finding = row.entry?.finding else { return false }
      return switch subject {
      case .migration(let id): finding.migration == id
      case .object(let object): finding.object == object
      case .row: false
      }
    }
    guard let row else { return false }
    if !reduction.state.verify.list.filter.isEmpty { reduction.state.verify.list.setFilter("") }
    return reduction.state.verify.list.select(row.id)
  }

  static func migrationUnderCursor(_ state: ConsoleState) -> MigrationID? {
    state.verify.current?.finding.migration.flatMap { state.model?.contains($0) == true ? $0 : nil }
  }

  static func textUnderCursor(_ state: ConsoleState) -> String? { state.verify.current?.finding.message }

  static func fileUnderCursor(_ state: ConsoleState) -> FileLocation? {
    guard let finding = state.verify.current?.finding else { return nil }
    if let location = finding.location { return location }
    return finding.migration.flatMap { state.model?.migration($0) }.map { FileLocation(file: $0.file) }
  }
}

extension VerifyScreen {
  /// The check under the cursor.
  var current: FindingBook.Entry? { list.current?.entry }
}

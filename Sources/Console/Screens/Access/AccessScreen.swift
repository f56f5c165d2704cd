import Display
import Migrations
import Schema
import Verification

/// Who can do what: a line for each object, a column for each role, a sign for each command, and why.
struct AccessScreen: Sendable {
  var list = FilteredList<AccessRow>()
  var detail = DetailPane()
  var panes = TwoPanes()
  var book = AccessBook()
  /// The cell under the cursor, within the row.
  var place = AccessPlace()
  /// The first role that is visible.
  var firstRole = 0
  /// The role whose reach is listed alone; nil lists everything.
  var reachedBy: String?
  /// What kept the last probe from being made, if something did.
  var trouble: Trouble?

  mutating func rebuild() { list.take(book.rows(reachedBy: reachedBy)) }
}

extension AccessScreen: ListScreen {
  static let screen = Screen.access
  static var path: any WritableKeyPath<ConsoleState, AccessScreen> & Sendable { \.access }
  static let arrangement = TwoPanes.Arrangement.beside(list: 60)

  // The catalog comes with the states.
  static func appear(_ reduction: inout Reduction) { reduction.readAccess() }
  static func forget(_ reduction: inout Reduction) {}

  static func take(
    _ answer: Result<ScreenAnswer, Trouble>, to request: ScreenRequest, _ reduction: inout Reduction
  ) {
    switch answer {
    case .success(.access(.probed(let report, let omissions, let catalog))):
      reduction.takeProbe(report, omissions, catalog)
    case .success: break
    case .failure(let trouble): reduction.state.access.trouble = trouble
    }
  }

  static func settle(_ reduction: inout Reduction) {
    reduction.readAccess()
    reduction.settleAccessPlace()
    reduction.settleList(AccessScreen.self)
    reduction.rememberVisibleCells()
  }

  static func subject(_ state: ConsoleState) -> Subject? {
    if state.access.panes.focus == .detail, let part = state.access.detail.part { return part }
    switch state.access.list.current?.content {
    case .object(let object): return .object(object)
    case .heading(let group, _): return .row(group.name)
    case nil: return nil
    }
  }

  /// The cell, so that another one is explained from its beginning.
  static func detailSubject(_ state: ConsoleState) -> Subject? {
    state.accessCell.map { .row("\($0.object) \($0.role) \($0.command.rawValue)") }
  }

  static func show(_ subject: Subject, _ reduction: inout Reduction) -> Bool {
    switch subject {
    case .object(let object): reduction.showAccess(to: object)
    case .row(let name): reduction.showAccessGroup(name)
    case .migration: false
    }
  }

  static func moveSideways(_ direction: Int, _ reduction: inout Reduction) {
    guard reduction.state.access.panes.focus == .list else {
      if direction < 0 { reduction.state.access.panes.focus = .list }
      return
    }
    reduction.moveAccessCell(direction)
  }

  static func openPart(_ reduction: inout Reduction) -> Bool {
    guard let policy = reduction.state.policyUnderCursor else { return false }
    reduction.showPolicy(policy)
    return true
  }

  static func textUnderCursor(_ state: ConsoleState) -> String? {
    subject(state)?.object?.qualifiedName
  }
}

/// One cell of the matrix.
struct AccessCellAddress: Sendable, Hashable {
  var object: ObjectIdentity
  var role: String
  var command: AccessCommand
}

extension ConsoleState {
  /// The cell under the cursor.
  var accessCell: AccessCellAddress? {
    guard let object = access.list.current?.object, access.book.roles.indices.contains(access.place.role)
    else {
      return nil
    }
    let commands = access.book.matrix.commands(for: object)
    guard let command = commands.isEmpty ? nil : commands[min(access.place.command, commands.count - 1)]
    else {
      return nil
    }
    return AccessCellAddress(object: object, role: access.book.roles[access.place.role], command: command)
  }

  /// The policy under the cursor: the one of the line, else the only one that applies to the cell.
  var policyUnderCursor: SchemaObject? {
    if access.panes.focus == .detail, case .object(let part)? = access.detail.part, part.kind == .policy {
      return catalog?[part]
    }
    return nil
  }
}

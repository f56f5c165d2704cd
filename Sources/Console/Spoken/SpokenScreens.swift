import Display
import Migrations
import Verification

extension ConsoleScreen {
  /// The rows of the screen as they are read out, headings left out.
  static func spokenRows(_ state: ConsoleState) -> [String] { [] }
  /// What is read out about the row under the cursor.
  static func spokenDetail(_ state: ConsoleState) -> [String] { [] }
  /// Moves the cursor to one of the rows that are read out, from 0.
  static func goTo(spokenRow: Int, _ reduction: inout Reduction) {}
}

extension ListScreen {
  static func spokenRows(_ state: ConsoleState) -> [String] {
    let list = state[keyPath: path].list
    return rowsWithoutHeadings(list).map {
      SpokenText.text(line(of: list[$0], state, columns: SpokenText.columns))
    }
  }

  static func spokenDetail(_ state: ConsoleState) -> [String] {
    [SpokenText.text(detailTitle(state).string)]
      + detailText(state, columns: SpokenText.columns).lines.map { SpokenText.text($0) }.filter {
        !$0.isEmpty
      }
  }

  static func goTo(spokenRow: Int, _ reduction: inout Reduction) {
    let rows = rowsWithoutHeadings(reduction.state[keyPath: path].list)
    guard rows.indices.contains(spokenRow) else { return }
    reduction.state[keyPath: path].panes.focus = .list
    reduction.state[keyPath: path].list.position.cursor = rows[spokenRow]
  }

  private static func rowsWithoutHeadings(_ list: FilteredList<Item>) -> [Int] {
    (0..<list.count).filter { !list[$0].isHeading }
  }
}

extension RolloutScreen {
  static func spokenRows(_ state: ConsoleState) -> [String] { state.spokenStates }

  static func spokenDetail(_ state: ConsoleState) -> [String] {
    let content = VerificationContent(state, columns: SpokenText.columns)
    return (0..<content.count).map { SpokenText.text(content[$0]) }.filter { !$0.isEmpty }
  }

  static func goTo(spokenRow: Int, _ reduction: inout Reduction) {
    let open = reduction.state.numberedMigrations
    if open.indices.contains(spokenRow) { reduction.goTo(open[spokenRow]) }
  }
}

extension AccessScreen {
  static func spokenRows(_ state: ConsoleState) -> [String] {
    let list = state.access.list
    return (0..<list.count).compactMap { list[$0].object?.phrase }
  }

  /// A line for each role and command: how far it reaches into the object.
  static func spokenDetail(_ state: ConsoleState) -> [String] {
    guard let object = state.access.list.current?.object else { return [] }
    let commands = state.access.book.matrix.commands(for: object)
    let values = state.access.book.values(of: object)
    return [object.phrase]
      + zip(state.access.book.roles, values).flatMap { role, cells in
        zip(commands, cells).map { "\(role), \($0.rawValue): \($1.spoken)" }
      }
  }
}

extension AccessValue {
  /// What it means in a few words.
  fileprivate var spoken: String {
    switch self {
    case .all: "all rows"
    case .own: "own rows"
    case .some: "some rows"
    case .noGrant: "nothing, it is not granted"
    case .noPolicy: "nothing, no policy admits a row"
    case .bypass: "all rows, past row security"
    case .error: "it fails"
    case .impossible: "impossible"
    }
  }
}

extension SpokenText {
  /// The columns of a line that is never wrapped or cut; a reader of lines has no edge.
  static let columns = 2_000
}

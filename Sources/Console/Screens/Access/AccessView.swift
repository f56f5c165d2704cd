import Display
import Migrations
import Schema
import Verification

/// Where the columns of the matrix stand in a list of some width.
struct AccessLayout: Sendable, Hashable {
  /// Four cells with a blank before each and one behind the last, where the cursor's bracket closes.
  static let leastColumns = 9

  let nameColumns: Int
  /// How many roles are visible.
  let roleCount: Int
  /// The cells of each role's column.
  let roleColumns: Int

  init(columns: Int, longestName: Int, roles: [String]) {
    // Two for the mark in front of the name.
    let wanted = min(max(12, longestName) + 3, max(14, columns * 38 / 100))
    let room = max(Self.leastColumns, columns - wanted)
    roleCount = min(max(1, roles.count), max(1, room / Self.leastColumns))
    let longestRole = roles.map { Text(foreign: $0).columns + 2 }.max() ?? 0
    roleColumns = min(max(Self.leastColumns, longestRole), room / max(1, roleCount))
    nameColumns = min(columns - roleCount * roleColumns, max(wanted, longestName + 3))
  }

  /// The name of a role over its column: in as many lines as it needs, three at most, broken behind an underscore or a
  /// hyphen where there is one.
  static func head(of role: String, columns: Int, ellipsis: Text) -> [Text] {
    var rest = Text(foreign: role)
    var lines: [Text] = []
    while rest.columns > columns, lines.count < 2 {
      let fitting = rest.prefix(columns: columns).string
      let end = fitting.lastIndex { $0 == "_" || $0 == "-" }.map { fitting[...$0] } ?? fitting[...]
      let line = rest.prefix(columns: Text(foreign: String(end)).columns)
      lines.append(line)
      rest = rest.dropping(columns: line.columns)
    }
    return lines + [rest.clipped(to: columns, ellipsis: ellipsis)]
  }
}

extension ConsoleState {
  /// How the matrix stands on this screen.
  var accessLayout: AccessLayout {
    let columns =
      (access.panes.areas(in: layout.body, AccessScreen.arrangement).list ?? layout.body).columns - 3
    return accessLayout(columns: columns)
  }

  fileprivate func accessLayout(columns: Int) -> AccessLayout {
    AccessLayout(columns: columns, longestName: access.book.longestName, roles: access.book.roles)
  }

  /// The roles that are visible.
  fileprivate func visibleRoles(_ layout: AccessLayout) -> Range<Int> {
    let start = min(access.firstRole, access.book.roles.count)
    return start..<min(access.book.roles.count, start + layout.roleCount)
  }
}

/// The matrix and its sums.
extension AccessScreen {
  static func summary(_ state: ConsoleState) -> (left: Line, right: Line) {
    guard state.access.book.number > 0 else { return (Line(), Line()) }
    var left = legend(state, gap: "  ")
    let right = probeSummary(state)
    if left.columns + right.columns + 4 <= state.size.columns { return (left, right) }
    if left.columns + 2 > state.size.columns { left = legend(state, gap: " ") }
    // The legend comes before a probe that agrees, not before one that does not.
    return state.access.book.sums.contradictions > 0 ? (Line(), right) : (left, Line())
  }

  private static func legend(_ state: ConsoleState, gap: Text) -> Line {
    var line = Line()
    for value in AccessValue.allCases {
      if !line.isEmpty { line.add(gap) }
      line.add(value.glyph(state.glyphs), value.role)
      line.add(" ")
      line.add(value.word, .muted)
    }
    return line
  }

  private static func probeSummary(_ state: ConsoleState) -> Line {
    guard let time = state.access.book.probedAt else { return Line() }
    let (cells, contradictions) = state.access.book.sums
    var line = Line("probed \(Amounts.clock(time, secondsFromUTC: state.options.secondsFromUTC)) ", .muted)
    if contradictions > 0 {
      line.add("\(state.glyphs.exclamation) \(contradictions) of \(cells) cells unlike the matrix", .danger)
    } else {
      line.add("\(Amounts.count(cells, "cell")) as the matrix says", .success)
    }
    return line
  }

  static func listTitle(_ state: ConsoleState) -> Text {
    if state.inside != nil { return "Who can do what, inside the open transaction" }
    let roles = state.access.book.roles.count
    let visible = state.visibleRoles(state.accessLayout)
    let what: Text = state.access.reachedBy.map { "Reached by \($0)" } ?? "Who can do what"
    guard roles > visible.count else { return what }
    return
      "\(what) \(state.glyphs.middleDot) roles \(visible.lowerBound + 1) to \(visible.upperBound) of \(roles)"
  }

  static func listHead(_ state: ConsoleState, columns: Int) -> [Line] {
    guard state.access.list.count > 0 else { return [] }
    let layout = state.accessLayout(columns: columns)
    let indent = Line(Text(" ").repeated(layout.nameColumns))
    let roles = state.visibleRoles(layout)
    let names = roles.map { index in
      AccessLayout.head(
        of: state.access.book.roles[index], columns: layout.roleColumns - 1, ellipsis: state.glyphs.ellipsis)
    }
    let height = names.map(\.count).max() ?? 1
    var lines = (0..<height).map { height in
      var line = indent
      for (index, name) in zip(roles, names) {
        // The last lines stand next to the letters.
        let place = name.count - 1 - height
        line.add(" ")
        line.add(
          name.indices.contains(place) ? name[place] : "",
          index == state.access.place.role ? .titleFocused : .title, width: layout.roleColumns - 1,
          glyphs: state.glyphs)
      }
      return line
    }
    lines.reverse()
    var letters = indent
    for _ in roles { letters.add(" S I U D", .muted, width: layout.roleColumns, glyphs: state.glyphs) }
    return lines + [letters]
  }

  static func line(of item: AccessRow, _ state: ConsoleState, columns: Int) -> Line {
    switch item.content {
    case .heading(let group, let count):
      var line = Line(" \(group.kind.title)", .title)
      if !group.schema.isEmpty { line.add(" \(group.schema)", .accent) }
      line.add(" \(count)", .muted)
      return line
    case .object(let object): return row(object, state, state.accessLayout(columns: columns))
    }
  }

  private static func row(_ object: ObjectIdentity, _ state: ConsoleState, _ layout: AccessLayout) -> Line {
    let book = state.access.book
    let isContradicted = book.isContradicted(object)
    var line = Line(isContradicted ? "\(state.glyphs.exclamation) " : "  ", .danger)
    if let change = state.inside?.access[object] {
      let isNew = change.allSatisfy { $0.before == nil }
      line = Line(isNew ? "+ " : "~ ", change.contains { $0.direction == .widens } ? .danger : .warning)
    }
    let name = Text(foreign: object.signature.map { "\(object.name)(\($0))" } ?? object.name)
    let room = max(4, layout.nameColumns - 3)
    line.add(
      name.clippedInside(to: room, ellipsis: state.glyphs.ellipsis), width: room + 1, glyphs: state.glyphs)
    let cursor = state.accessCell
    let values = book.values(of: object)
    for index in state.visibleRoles(layout) {
      let isCurrent = cursor?.object == object && cursor?.role == book.roles[index]
      line.add(
        block(
          values[index], book.matrix.commands(for: object), isCurrent ? cursor?.command : nil, state,
          width: layout.roleColumns))
    }
    return line
  }

  /// The cells of one role; the one under the cursor stands in brackets.
  private static func block(
    _ values: [AccessValue], _ commands: [AccessCommand], _ cursor: AccessCommand?, _ state: ConsoleState,
    width: Int
  ) -> Line {
    var line = Line()
    var wasCurrent = false
    for (value, command) in zip(values, commands) {
      let isCurrent = cursor == command
      line.add(isCurrent ? "[" : wasCurrent ? "]" : " ", .accent)
      line.add(value.glyph(state.glyphs), value.role)
      wasCurrent = isCurrent
    }
    line.add(wasCurrent ? "]" : " ", .accent)
    if commands.count == 1 { line.add(commands[0] == .execute ? "call" : "use", .muted) }
    let rest = width - line.columns
    if rest > 0 { line.add(Text(" ").repeated(rest)) }
    return line.clipped(to: width, glyphs: state.glyphs)
  }

  static func instead(_ state: ConsoleState, columns: Int) -> [Line] {
    if let role = state.access.reachedBy {
      return Line.wrapped(
        "Nothing can be reached by \(role). e lists everything again.", .muted, columns: columns)
    }
    return state.linesInstead(
      of: "the catalog", loading: state.statusLoading, ifEmpty: "There is nothing that anybody could reach.",
      columns: columns)
  }
}

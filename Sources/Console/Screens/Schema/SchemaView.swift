import Display
import Migrations
import Schema

/// The list of objects, and their sums.
extension SchemaScreen {
  static func summary(_ state: ConsoleState) -> (left: Line, right: Line) {
    let book = state.schema.book
    guard book.number > 0 else { return (Line(), Line()) }
    let dot: Text = " \(state.glyphs.middleDot) "
    let counts = SchemaGroupKind.allCases.compactMap { kind -> Text? in
      guard kind != .others, let count = book.counts[kind] else { return nil }
      return "\(Amounts.count(count, kind.noun))"
    }
    // In one piece, so that an ellipsis shows where there is no room for all of it.
    let left = Line(.joined(counts, separator: dot))
    var right = Line()
    if state.inside != nil {
      right.add(
        book.uncommitted == 0
          ? "nothing changed in this transaction so far"
          : "\(Amounts.count(book.uncommitted, "object")) with uncommitted changes", .warning)
      return (left, right)
    }
    if book.invalidIndexes > 0 {
      right.add(
        "\(state.glyphs.exclamation) \(Amounts.count(book.invalidIndexes, "table")) with an invalid index",
        .danger)
    }
    if book.unmanaged > 0 {
      if !right.isEmpty { right.add(dot, .muted) }
      right.add("\(SchemaMark.unmanaged.glyph(state.glyphs)) \(book.unmanaged) unmanaged", .stateMissing)
    }
    return (left, right)
  }

  static func listTitle(_ state: ConsoleState) -> Text {
    if state.inside != nil {
      return state.schema.showsUncommittedOnly
        ? "What the open transaction changed" : "Objects inside the open transaction"
    }
    return state.schema.showsUnmanagedOnly ? "What no migration made" : "Objects"
  }

  static func line(of item: SchemaRow, _ state: ConsoleState, columns: Int) -> Line {
    let layout = SchemaRowLayout(columns: columns)
    switch item.content {
    case .heading(let group, let count): return heading(group, count, state, layout)
    case .object(let object, let mark): return row(object, mark, state, layout)
    }
  }

  private static func heading(
    _ group: SchemaGroup, _ count: Int, _ state: ConsoleState, _ layout: SchemaRowLayout
  ) -> Line {
    let isFolded = state.schema.list.folded.contains(.group(group)) && state.schema.list.filter.isEmpty
    var line = Line("\(isFolded ? state.glyphs.closed : state.glyphs.opened) ", .muted)
    line.add("\(group.kind.title)", .title)
    if let schema = group.schema { line.add(" \(schema)", group.isPlatform ? .muted : .accent) }
    if group.isPlatform { line.add(" platform", .muted) }
    line.add(" \(count)", .muted)
    guard group.kind == .tables, layout.hasSizes, !isFolded else { return line }
    line.add(Text(" ").repeated(max(1, layout.nameEnd - line.columns)))
    line.add(right: "rows", .muted, width: SchemaRowLayout.rowsColumns, glyphs: state.glyphs)
    line.add(right: "size", .muted, width: SchemaRowLayout.sizeColumns, glyphs: state.glyphs)
    if layout.originColumns > 0 { line.add("  made by", .muted) }
    return line
  }

  private static func row(
    _ object: ObjectIdentity, _ mark: SchemaMark?, _ state: ConsoleState, _ layout: SchemaRowLayout
  ) -> Line {
    let glyphs = state.glyphs
    var line = Line(mark.map { "\($0.glyph(glyphs)) " } ?? "  ", mark?.role ?? .text)
    let name = Text(foreign: object.listedName)
    let room = max(8, layout.nameEnd - line.columns)
    line.add(name.clippedInside(to: room, ellipsis: glyphs.ellipsis), width: room, glyphs: glyphs)
    guard layout.hasSizes else { return line }
    let catalogued = state.catalog?[object]
    var rows: Text = ""
    var size: Text = ""
    if case .relation(let detail)? = catalogued?.detail, object.kind != .view {
      rows = detail.estimatedRows.map { "\(Amounts.estimate($0))" } ?? ""
      size = detail.isPartitioned ? "" : "\(Amounts.bytes(detail.bytes))"
    }
    line.add(right: rows, .muted, width: SchemaRowLayout.rowsColumns, glyphs: glyphs)
    line.add(right: size, .muted, width: SchemaRowLayout.sizeColumns, glyphs: glyphs)
    guard layout.originColumns > 0 else { return line }
    line.add("  ")
    if case .uncommitted(let kind)? = mark {
      let words: Text = "\(kind.uncommittedWord)"
      line.add(words.clipped(to: layout.originColumns, ellipsis: glyphs.ellipsis), kind.role)
    } else if let id = catalogued.flatMap({ state.model?.origins.origin(of: $0)?.made }) {
      line.add(
        Text(foreign: id.rawValue).clippedInside(to: layout.originColumns, ellipsis: glyphs.ellipsis), .muted)
    } else if mark == .unmanaged {
      line.add("unmanaged", .stateMissing)
    }
    return line
  }

  static func instead(_ state: ConsoleState, columns: Int) -> [Line] {
    if state.schema.showsUncommittedOnly {
      return Line.wrapped(
        "The open transaction has changed nothing in the schema so far. \(state.key("Show all objects")) lists everything.",
        .muted, columns: columns)
    }
    if state.schema.showsUnmanagedOnly {
      return Line.wrapped(
        "\(state.glyphs.check) Every object was made by a migration of the project.", .success,
        columns: columns)
        + [Line("u lists everything again.", .muted)]
    }
    return state.linesInstead(
      of: "the catalog", loading: state.statusLoading, ifEmpty: "The database is empty.", columns: columns)
  }
}

/// Where the columns of the list stand.
struct SchemaRowLayout: Sendable, Hashable {
  static let rowsColumns = 8
  static let sizeColumns = 9

  /// The cells up to the column behind the name.
  let nameEnd: Int
  let hasSizes: Bool
  let originColumns: Int

  init(columns: Int) {
    hasSizes = columns >= 42
    originColumns = columns >= 68 ? min(36, columns * 40 / 100) : 0
    var end = columns
    if hasSizes { end -= Self.rowsColumns + Self.sizeColumns }
    if originColumns > 0 { end -= originColumns + 2 }
    nameEnd = end
  }
}

extension SchemaMark {
  func glyph(_ glyphs: Glyphs) -> Text {
    switch self {
    case .unmanaged: "?"
    case .invalidIndex: glyphs.exclamation
    case .uncommitted(let kind): kind.mark
    }
  }

  var role: Role {
    switch self {
    case .unmanaged: .stateMissing
    case .invalidIndex: .danger
    case .uncommitted(let kind): kind.role
    }
  }
}

extension ObjectChange.Kind {
  /// What an open transaction did, in words.
  fileprivate var uncommittedWord: String {
    switch self {
    case .added: "new, not committed"
    case .changed: "changed, not committed"
    case .removed: "dropped, not committed"
    }
  }
}

extension ObjectIdentity {
  /// The name under a heading that says kind and schema; where it says no kind, with that.
  fileprivate var listedName: String {
    let own = signature.map { "\(name)(\($0))" } ?? name
    return SchemaGroupKind(kind) == .others ? "\(kind.rawValue) \(own)" : own
  }
}

import Display
import Migrations

/// What a window over the panes holds; its lines are made when they are asked for.
struct OverlayContent {
  var title: Text
  var note: Text = ""
  /// The width that it would like to have inside.
  var columns: Int
  var count: Int
  var isDangerous = false
  /// The lines at the top that stay while the others scroll.
  var pinned: [Line] = []
  /// The line that the cursor is on, if it has one.
  var cursorLine: Int?
  /// Where typed text ends, if text is typed into it: line and column.
  var typing: Point?
  var line: (Int) -> Line

  init(
    title: Text, note: Text = "", columns: Int, lines: [Line], isDangerous: Bool = false,
    cursorLine: Int? = nil,
    typing: Point? = nil
  ) {
    self.init(title: title, note: note, columns: columns, count: lines.count) { lines[$0] }
    self.isDangerous = isDangerous
    self.cursorLine = cursorLine
    self.typing = typing
  }

  init(title: Text, note: Text = "", columns: Int, count: Int, line: @escaping (Int) -> Line) {
    self.title = title
    self.note = note
    self.columns = columns
    self.count = count
    self.line = line
  }

  /// What a window over the panes of this state holds; read out, its lines are as long as they are.
  init(_ overlay: Overlay, _ state: ConsoleState, isWrapped: Bool = true) {
    // The frame and a blank on each side.
    let columns = isWrapped ? max(10, state.size.columns - 6) : SpokenText.columns
    func min(_ columns: Int, _ most: Int) -> Int { isWrapped ? Swift.min(columns, most) : columns }
    switch overlay {
    case .help(let help): self = HelpContent(state: state, help: help).content(columns: min(columns, 100))
    case .plan(let plan): self = PlanContent(state: state, overlay: plan).content(columns: min(columns, 110))
    case .statement(let statement):
      self = StatementContent(state: state, overlay: statement).content(columns: columns)
    case .adoption(let adoption):
      self = AdoptionContent(state: state, overlay: adoption).content(columns: min(columns, 76))
    case .confirmation(let question):
      self = ConfirmationContent(state: state, question: question).content(columns: min(columns, 76))
    case .failure(let failure):
      self = FailureContent(state: state, failure: failure).content(columns: min(columns, 110))
    case .unverified(let id, let evidence, _):
      self = UnverifiedContent(state: state, id: id, evidence: evidence).content(columns: min(columns, 90))
    case .summary: self = SummaryContent(state: state).content(columns: min(columns, 100))
    case .themes: self = ThemesContent(state: state).content()
    case .palette(let palette):
      self = PaletteContent(state: state, palette: palette).content(columns: min(columns, 100))
    case .targets(let targets):
      self = TargetsContent(state: state, overlay: targets).content(columns: min(columns, 80))
    case .log: self = LogContent(state: state).content(columns: columns)
    case .text(let text): self = TextContent(overlay: text, glyphs: state.glyphs).content(columns: columns)
    case .replay(let replay): self = ReplayContent(overlay: replay, state: state).content(columns: columns)
    case .diagram(let diagram):
      self = DiagramContent(overlay: diagram, glyphs: state.glyphs).content(columns: columns)
    case .rows(let rows): self = RowsContent(overlay: rows, glyphs: state.glyphs).content(columns: columns)
    }
  }
}

extension ConsoleState {
  /// The lines of the window on top.
  var overlayLineCount: Int { overlays.last.map { OverlayContent($0, self).count } ?? 0 }

  /// How many lines of the window on top can be visible.
  var overlayHeight: Int {
    let pinned =
      switch overlays.last {
      case .rows: 1
      case .replay: ReplayContent.pinnedRows(self)
      default: 0
      }
    return max(1, layout.overlays.rows - 2 - pinned)
  }
}

import Display

/// The commands that a palette finds, each with its key, or the reason why it cannot be used now.
struct PaletteContent {
  let state: ConsoleState
  let palette: PaletteOverlay

  func content(columns: Int) -> OverlayContent {
    var first = Line("Do: ", .muted)
    first.add("\(palette.search)", .input)
    let commands = state.commands(of: palette)
    var below = state
    below.overlays = []
    let titleColumns = min(24, commands.map(\.title.count).max() ?? 0)
    var lines = [first]
    for (index, command) in commands.enumerated() {
      let availability = command.availability(below)
      let isUsable = availability == .available
      var line = Line(index == palette.cursor ? state.glyphs.cursor : " ", .accent)
      line.add(" ")
      line.add("\(command.title)", isUsable ? .text : .muted, width: titleColumns, glyphs: state.glyphs)
      line.add(
        right: state.bindings.label(command, state.glyphs), isUsable ? .keyHint : .muted, width: 8,
        glyphs: state.glyphs)
      line.add("  \(availability.reason ?? command.help)", availability.reason == nil ? .muted : .warning)
      lines.append(line)
    }
    if commands.isEmpty { lines.append(Line("no command contains “\(palette.search)”", .muted)) }
    return OverlayContent(
      title: "Commands", columns: columns, lines: lines,
      cursorLine: commands.isEmpty ? nil : palette.cursor + 1,
      typing: Point(column: first.columns, row: 0))
  }
}

import Display

/// A text as a whole; scrolls both ways.
struct TextContent {
  let overlay: TextOverlay
  let glyphs: Glyphs

  func content(columns: Int) -> OverlayContent {
    let overlay = overlay
    let glyphs = glyphs
    return OverlayContent(
      title: overlay.title, note: overlay.note, columns: columns, count: overlay.lines.count
    ) { overlay.lines[$0].dropping(columns: overlay.column).clipped(to: columns, glyphs: glyphs) }
  }
}

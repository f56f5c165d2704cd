import Display
import Schema

/// A diagram in its window.
struct DiagramContent {
  let overlay: DiagramOverlay
  let glyphs: Glyphs

  func content(columns: Int) -> OverlayContent {
    let overlay = overlay
    let glyphs = glyphs
    let counts = overlay.counts
    let dot: Text = " \(glyphs.middleDot) "
    let title: Text =
      switch overlay.scope {
      case .neighbours(let table): "\(Text(foreign: table.qualifiedName)) and its neighbours"
      case .schema(let schema): "schema \(Text(foreign: schema))"
      }
    let sums: Text =
      "\(Amounts.count(counts.tables, "table")), \(Amounts.count(counts.references, "reference"))"
    return OverlayContent(
      title: "\(title)\(dot)\(sums)",
      note: .joined(["> many", "| one", "# key", "? may be NULL"], separator: "  "),
      columns: columns, count: overlay.layout.size.rows
    ) { row in
      overlay.drawing.line(row, current: overlay.currentTable, glyphs: glyphs).dropping(columns: overlay.left)
        .prefix(columns: columns)
    }
  }
}

extension Line {
  /// The first cells; what is cut off a picture needs no ellipsis.
  fileprivate func prefix(columns: Int) -> Line {
    var line = Line()
    for span in spans where line.columns < columns {
      line.add(span.text.prefix(columns: columns - line.columns), span.role)
    }
    return line
  }
}

import Display
import Schema

/// Rows as a table under the names of their columns.
struct RowsContent {
  let overlay: RowsOverlay
  let glyphs: Glyphs

  func content(columns: Int) -> OverlayContent {
    let page = overlay.page
    guard !page.rows.isEmpty else {
      return OverlayContent(
        title: title, columns: columns,
        lines: [
          Line(
            page.offset == 0 ? "There are no rows that this role can see." : "There are no more rows.", .muted
          )
        ])
    }
    let shown = visibleColumns(columns)
    let overlay = overlay
    let glyphs = glyphs
    var content = OverlayContent(title: title, note: note(shown), columns: columns, count: page.rows.count) {
      row in
      var line = Line(row == overlay.cursor ? glyphs.cursor : " ", .accent)
      for column in shown {
        line.add(" ")
        let value = page.rows[row][column]
        line.add(
          RowsOverlay.text(value), value == nil ? .muted : .text, width: overlay.widths[column],
          glyphs: glyphs)
        line.add(" ")
      }
      return line.clipped(to: columns, glyphs: glyphs)
    }
    content.cursorLine = overlay.cursor
    content.pinned = [head(shown, columns)]
    return content
  }

  private var title: Text {
    let page = overlay.page
    guard !page.rows.isEmpty else { return "\(page.relation.phrase)" }
    let end = page.offset + page.rows.count
    let more: Text = page.hasMore ? ", there are more" : ""
    return "\(page.relation.phrase) \(glyphs.middleDot) rows \(page.offset + 1) to \(end)\(more)"
  }

  /// Which columns are shown, of how many, and in which order the rows come.
  private func note(_ shown: Range<Int>) -> Text {
    let page = overlay.page
    var parts: [Text] = []
    if shown.count < page.columns.count {
      parts.append("columns \(shown.lowerBound + 1) to \(shown.upperBound) of \(page.columns.count)")
    }
    parts.append(page.order.isEmpty ? "in no order" : "by \(page.order.joined(separator: ", "))")
    return .joined(parts, separator: " \(glyphs.middleDot) ")
  }

  /// The columns from the first that fit, the last of them perhaps cut.
  private func visibleColumns(_ columns: Int) -> Range<Int> {
    var end = overlay.firstColumn
    var used = 1
    while end < overlay.widths.count, used + min(overlay.widths[end], 8) + 2 <= columns {
      used += overlay.widths[end] + 2
      end += 1
    }
    return overlay.firstColumn..<max(end, min(overlay.firstColumn + 1, overlay.widths.count))
  }

  private func head(_ shown: Range<Int>, _ columns: Int) -> Line {
    var line = Line(" ")
    for column in shown {
      line.add(" ")
      line.add(
        Text(foreign: overlay.page.columns[column]), .accent, width: overlay.widths[column], glyphs: glyphs)
      line.add(" ")
    }
    return line.clipped(to: columns, glyphs: glyphs)
  }
}

/// Writes blocks as one HTML file: no scripts, nothing from elsewhere, everything foreign escaped.
struct HTMLRenderer {
  /// What the browser calls the document.
  let title: String
  /// The program that made it.
  let generator: String

  /// The document's text.
  func text(of blocks: [ReportBlock]) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="generator" content="\(HTMLEscape.text(generator))">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <title>\(HTMLEscape.text(title))</title>
    <style>
    \(HTMLStyle.sheet)
    </style>
    </head>
    <body>
    <main>
    \(contents(of: blocks))\(html(of: blocks))</main>
    </body>
    </html>

    """
  }

  /// Links to the sections.
  private func contents(of blocks: [ReportBlock]) -> String {
    let links = sections(of: blocks).map { section in
      "<li><a href=\"#\(section.anchor)\">\(Self.inline(section.title))</a></li>\n"
    }
    return links.isEmpty
      ? ""
      : "<nav aria-label=\"Contents\"><details><summary>Contents</summary><ul>\n"
        + links.joined() + "</ul></details></nav>\n"
  }

  private func sections(of blocks: [ReportBlock]) -> [(anchor: String, title: ReportText)] {
    var sections: [(anchor: String, title: ReportText)] = []
    for block in blocks {
      if case .heading(2, let title) = block { sections.append(("section-\(sections.count + 1)", title)) }
    }
    return sections
  }

  private func html(of blocks: [ReportBlock]) -> String {
    var section = 0
    return blocks.map { block in
      if case .heading(2, let title) = block {
        section += 1
        return "<h2 id=\"section-\(section)\">\(Self.inline(title))</h2>\n"
      }
      return Self.html(of: block)
    }
    .joined()
  }

  private static func html(of block: ReportBlock) -> String {
    switch block {
    case .heading(let level, let text): return "<h\(level)>\(inline(text))</h\(level)>\n"
    case .paragraph(let text): return "<p>\(inline(text))</p>\n"
    case .list(let items): return "<ul>\n\(list(items))</ul>\n"
    case .steps(let items): return "<ol>\n\(list(items))</ol>\n"
    case .checklist(let checks):
      let items = checks.map { check in
        let box = "<input type=\"checkbox\" disabled\(check.isDone ? " checked" : "")>"
        return "<li><label>\(box) \(inline(check.text))</label></li>\n"
      }
      return "<ul class=\"checks\">\n\(items.joined())</ul>\n"
    case .table(let table): return html(of: table)
    case .code(let code, language: "mermaid"):
      // Drawing it would take a script; the text drawing beside it says the same.
      return
        "<details><summary>The same for Mermaid</summary>\n\(html(of: .code(code, language: nil)))</details>\n"
    case .code(let code, _):
      return "<pre><code>\(HTMLEscape.text(PrintableText.of(code)))</code></pre>\n"
    case .folded(let title, let blocks):
      return "<details><summary>\(inline(title))</summary>\n\(blocks.map(html).joined())</details>\n"
    }
  }

  private static func list(_ items: [ReportText]) -> String {
    items.map { "<li>\(inline($0))</li>\n" }.joined()
  }

  private static func html(of table: ReportBlock.Table) -> String {
    let head = table.headings.map { "<th scope=\"col\">\(HTMLEscape.text($0))</th>" }.joined()
    let rows = table.rows.map { cells in
      "<tr>" + cells.map { "<td>\(inline($0))</td>" }.joined() + "</tr>\n"
    }
    // Wide tables scroll by themselves, not the page.
    return
      "<div class=\"table\"><table>\n<thead><tr>\(head)</tr></thead>\n<tbody>\n\(rows.joined())</tbody>\n</table></div>\n"
  }

  /// Running text.
  static func inline(_ text: ReportText) -> String {
    text.spans.map { span in
      switch span {
      case .text(let text): HTMLEscape.text(PrintableText.of(text))
      case .code(let code): "<code>\(HTMLEscape.text(PrintableText.of(code)))</code>"
      case .strong(let text): "<strong>\(HTMLEscape.text(PrintableText.of(text)))</strong>"
      case .mark(let mark): "<span class=\"mark \(mark.rawValue)\">\(mark.glyph)</span>"
      case .lineBreak: "<br>"
      }
    }
    .joined()
  }
}

/// Foreign text in HTML, between tags and in quoted attributes.
enum HTMLEscape {
  /// The text with the five characters that mean something replaced.
  static func text(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

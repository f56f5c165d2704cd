/// Writes blocks as GitHub Flavored Markdown (github.github.com/gfm).
struct MarkdownRenderer {
  /// The document's text, with a line end at its end.
  func text(of blocks: [ReportBlock]) -> String { blocks.map(text).joined(separator: "\n") }

  private func text(of block: ReportBlock) -> String {
    switch block {
    case .heading(let level, let text):
      return "\(String(repeating: "#", count: level)) \(line(text))\n"
    case .paragraph(let text):
      return MarkdownEscape.atLineStart(line(text)) + "\n"
    case .list(let items):
      return items.map { "- \(MarkdownEscape.atLineStart(line($0)))\n" }.joined()
    case .steps(let items):
      return items.enumerated().map { "\($0 + 1). \(MarkdownEscape.atLineStart(line($1)))\n" }.joined()
    case .checklist(let checks):
      return checks.map { "- [\($0.isDone ? "x" : " ")] \(line($0.text))\n" }.joined()
    case .table(let table):
      return text(of: table)
    case .code(let code, let language):
      let fence = MarkdownEscape.fence(around: code, atLeast: 3)
      let end = code.hasSuffix("\n") ? "" : "\n"
      return "\(fence)\(language ?? "")\n\(PrintableText.of(code))\(end)\(fence)\n"
    case .folded(let title, let blocks):
      return
        "<details>\n<summary>\(HTMLRenderer.inline(title))</summary>\n\n\(text(of: blocks))\n</details>\n"
    }
  }

  private func text(of table: ReportBlock.Table) -> String {
    func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    return row(table.headings.map { MarkdownEscape.cell(MarkdownEscape.text($0)) })
      + row(table.headings.map { _ in "---" })
      + table.rows.map { cells in row(cells.map { MarkdownEscape.cell(line($0)) }) }.joined()
  }

  private func line(_ text: ReportText) -> String {
    text.spans.map { span in
      switch span {
      case .text(let text): MarkdownEscape.text(text)
      case .code(let code): MarkdownEscape.code(code)
      case .strong(let text): "**\(MarkdownEscape.text(text))**"
      case .mark(let mark): mark.emoji
      case .lineBreak: "<br>"
      }
    }
    .joined()
  }
}

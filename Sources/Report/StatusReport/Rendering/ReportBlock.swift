/// A part of a document, as Markdown and HTML both know it.
enum ReportBlock: Sendable, Hashable {
  /// A heading; level 1 is the document's own.
  case heading(Int, ReportText)
  case paragraph(ReportText)
  case list([ReportText])
  case steps([ReportText])
  case checklist([Check])
  case table(Table)
  /// Text that keeps its lines, in a language (`sql`, `mermaid`, `sh`) or none.
  case code(String, language: String?)
  /// What is there for those who open it.
  case folded(ReportText, [ReportBlock])

  /// One line of a checklist.
  struct Check: Sendable, Hashable {
    var isDone: Bool
    var text: ReportText
  }

  /// A table with headings; every row has as many cells as there are headings.
  struct Table: Sendable, Hashable {
    var headings: [String]
    var rows: [[ReportText]]
  }
}

extension ReportBlock {
  /// A table, or a sentence that says that there is nothing to show.
  static func table(_ headings: [String], _ rows: [[ReportText]], ifEmpty: String) -> ReportBlock {
    rows.isEmpty ? .paragraph(ReportText(ifEmpty)) : .table(Table(headings: headings, rows: rows))
  }
}

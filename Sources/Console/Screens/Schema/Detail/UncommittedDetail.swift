import Display
import Migrations
import Schema

extension DetailWriter {
  /// What happened to objects: a line each, with the definitions before and after where they became different.
  mutating func changes(_ summaries: [ChangeSummary], otherwiseAbout subject: Subject? = nil) {
    for item in summaries {
      var line = Line("  \(item.change.kind.mark) ", item.change.kind.role)
      line.add("\(item.change.phrase)")
      if !item.parts.isEmpty { line.add("  with \(item.parts)", .muted) }
      let part = item.change.identity.map(Subject.object) ?? subject
      add(line.clipped(to: columns, glyphs: glyphs), about: part)
      guard item.change.kind == .changed else { continue }
      for difference in item.change.differences {
        let isOld = difference.kind == .removed
        guard isOld || difference.kind == .added else { continue }
        let lines = Line.wrapped(
          foreign: difference.text, isOld ? .danger : .success, columns: columns,
          first: isOld ? "      - " : "      + ", indent: "        ")
        for line in lines { add(line, about: part) }
      }
    }
  }
}

extension SchemaDetail {
  /// What the open transaction that is looked into did to the object.
  mutating func writeUncommitted() {
    guard let changes = state.inside?.changes(of: identity), !changes.isEmpty else { return }
    writer.add(Line("Uncommitted: what the open transaction did so far", .warning))
    writer.changes(ChangeSummary.summaries(of: changes))
    writer.add(Line())
  }
}

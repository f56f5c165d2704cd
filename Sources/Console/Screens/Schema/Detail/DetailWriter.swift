import Display
import Schema

/// Puts details together: facts beside their labels, and sections of parts.
struct DetailWriter {
  private(set) var text = DetailText()
  let columns: Int
  let glyphs: Glyphs

  static let labelColumns = 12

  init(columns: Int, glyphs: Glyphs) {
    self.columns = max(20, columns)
    self.glyphs = glyphs
  }

  /// A fact that fits in a line.
  mutating func fact(_ label: Text, _ value: Line, about part: Subject? = nil) {
    var line = Line()
    line.add(label, .muted, width: Self.labelColumns, glyphs: glyphs)
    line.add(value)
    text.add(line.clipped(to: columns, glyphs: glyphs), about: part)
  }

  /// A fact from outside, in as many lines as it needs.
  mutating func fact(_ label: Text, foreign value: String, _ role: Role = .text) {
    let lines = Line.wrapped(foreign: value, role, columns: max(10, columns - Self.labelColumns))
    for (index, line) in lines.enumerated() { fact(index == 0 ? label : "", line) }
  }

  /// The title of a section, behind a blank line.
  mutating func section(_ title: Text, count: Int? = nil, note: Text = "") {
    text.add(Line())
    var line = Line(title, .title)
    if let count { line.add(" \(count)", .muted) }
    if !note.isEmpty { line.add("  \(note)", .muted) }
    text.add(line)
  }

  mutating func add(_ line: Line, about part: Subject? = nil) { text.add(line, about: part) }

  mutating func add(foreign value: String, _ role: Role = .text, indent: Text = "  ") {
    text.add(Line.wrapped(foreign: value, role, columns: columns, indent: indent))
  }

  /// One part of a section: its name, what is told at the right, and what it is.
  struct Entry {
    var name: String
    var role = Role.text
    var right = Line()
    var body: [(text: String, role: Role)] = []
    var part: Subject?
  }

  /// The parts of a section: each in one line if all of them fit so, else with what they are below their names.
  mutating func entries(_ entries: [Entry]) {
    let names = entries.map { Text(foreign: $0.name).columns }.max() ?? 0
    let rights = entries.map(\.right.columns).max() ?? 0
    let bodies = entries.map { entry in
      entry.body.count == 1
        ? Text.lines(foreign: entry.body[0].text).first?.columns ?? 0 : entry.body.isEmpty ? 0 : columns
    }
    let isOneLine = 2 + names + 2 + (bodies.max() ?? 0) + (rights > 0 ? rights + 2 : 0) <= columns
    for entry in entries {
      var head = Line("  ")
      if isOneLine {
        head.add("\(entry.name)", entry.role, width: names, glyphs: glyphs)
        head.add("  ")
        if let body = entry.body.first { head.add(Text.lines(foreign: body.text).first ?? "", body.role) }
        if !entry.right.isEmpty {
          head.add(Text(" ").repeated(2 + names + 2 + (bodies.max() ?? 0) - head.columns))
        }
      } else {
        let room = columns - 2 - (entry.right.isEmpty ? 0 : entry.right.columns + 1)
        head.add(
          Text(foreign: entry.name).clippedInside(to: max(8, room), ellipsis: glyphs.ellipsis), entry.role)
      }
      if !entry.right.isEmpty {
        let end = isOneLine ? 2 + names + 2 + (bodies.max() ?? 0) + 2 + rights : columns
        head.add(Text(" ").repeated(max(1, end - head.columns - entry.right.columns)))
        head.add(entry.right)
      }
      text.add(head.clipped(to: columns, glyphs: glyphs), about: entry.part)
      if !isOneLine {
        for body in entry.body {
          text.add(
            Line.wrapped(foreign: body.text, body.role, columns: columns, indent: "    "), about: entry.part)
        }
      }
    }
  }
}

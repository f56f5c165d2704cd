import Display

/// Lines of details under labels that stand at their left; what has no lines has no label either.
struct Chapters {
  private(set) var lines: [Line] = []
  private let glyphs: Glyphs

  static let labelColumns = 16

  /// The columns that lines have beside the labels.
  static func room(in columns: Int) -> Int { max(20, columns - labelColumns) }

  init(glyphs: Glyphs) { self.glyphs = glyphs }

  mutating func add(_ label: Text, _ contents: [Line]) {
    for (index, content) in contents.enumerated() {
      var line = Line()
      line.add(index == 0 ? label : "", .muted, width: Self.labelColumns, glyphs: glyphs)
      line.add(content)
      lines.append(line)
    }
  }
}

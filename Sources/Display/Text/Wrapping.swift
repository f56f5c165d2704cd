extension Text {
  /// The text in lines of at most this many cells, broken at blanks where there are any.
  ///
  /// Continued lines begin with `indent`.
  public func wrapped(to columns: Int, indent: Text = "") -> [Text] {
    guard columns > 0 else { return [] }
    var lines: [Text] = []
    var rest = self
    var prefix: Text = ""
    while true {
      let room = max(1, columns - prefix.columns)
      if rest.columns <= room {
        lines.append(prefix + rest)
        return lines
      }
      let (line, remainder) = rest.brokenOnce(at: room)
      lines.append(prefix + line)
      rest = remainder
      if rest.isEmpty { return lines }
      prefix = indent.columns < columns ? indent : ""
    }
  }

  private func brokenOnce(at columns: Int) -> (line: Text, rest: Text) {
    var used = 0
    var lastBlank: String.Index?
    var end = string.startIndex
    let scalars = string.unicodeScalars
    while end < scalars.endIndex {
      let width = CharacterWidth.columns(of: scalars[end])
      if scalars[end] == " ", used > 0 { lastBlank = end }
      // At least one character goes into a line, else a narrow pane would never come to an end.
      if used + width > columns, end > scalars.startIndex { break }
      used += width
      end = scalars.index(after: end)
    }
    if let lastBlank {
      let next = scalars.index(after: lastBlank)
      return (derived(String(scalars[..<lastBlank])), derived(String(scalars[next...])))
    }
    return (derived(String(scalars[..<end])), derived(String(scalars[end...])))
  }
}

extension Text {
  /// The text if it fits, else its beginning with an ellipsis.
  public func clipped(to columns: Int, ellipsis: Text = "…") -> Text {
    guard columns > 0 else { return "" }
    // A scalar takes at least a byte and at most two cells, so short texts need no measuring.
    if string.utf8.count <= columns, string.utf8.allSatisfy({ $0 < 0x80 }) { return self }
    if self.columns <= columns { return self }
    let room = columns - ellipsis.columns
    guard room > 0 else { return prefix(columns: columns) }
    return prefix(columns: room) + ellipsis
  }

  /// The text if it fits, else its end behind an ellipsis.
  public func clippedAtStart(to columns: Int, ellipsis: Text = "…") -> Text {
    let own = self.columns
    guard own > columns else { return self }
    guard columns > ellipsis.columns else { return ellipsis.prefix(columns: columns) }
    return ellipsis + dropping(columns: own - columns + ellipsis.columns)
  }

  /// The text if it fits, else its beginning and its end around an ellipsis: names that begin alike stay apart.
  public func clippedInside(to columns: Int, ellipsis: Text = "…") -> Text {
    let own = self.columns
    guard own > columns else { return self }
    let room = columns - ellipsis.columns
    guard room > 1 else { return prefix(columns: max(0, columns)) }
    let end = dropping(columns: own - room / 2)
    return prefix(columns: room - end.columns) + ellipsis + end
  }

  /// The text clipped and filled with blanks to exactly this many cells.
  public func padded(to columns: Int, ellipsis: Text = "…") -> Text {
    let clipped = clipped(to: columns, ellipsis: ellipsis)
    let missing = columns - clipped.columns
    return missing > 0 ? clipped + Text(" ").repeated(missing) : clipped
  }

  /// As much of the beginning as fits.
  public func prefix(columns: Int) -> Text {
    var kept = ""
    var used = 0
    for scalar in string.unicodeScalars {
      used += CharacterWidth.columns(of: scalar)
      if used > columns { break }
      kept.unicodeScalars.append(scalar)
    }
    return derived(kept)
  }

  /// What is left without the first cells; a wide character that is cut in two goes as a whole.
  public func dropping(columns: Int) -> Text {
    var passed = 0
    var kept = ""
    for scalar in string.unicodeScalars {
      let width = CharacterWidth.columns(of: scalar)
      if passed >= columns, !(kept.isEmpty && width == 0 && columns > 0) {
        kept.unicodeScalars.append(scalar)
      }
      passed += width
    }
    return derived(kept)
  }
}

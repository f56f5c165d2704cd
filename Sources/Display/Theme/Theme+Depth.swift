extension Theme {
  /// The theme as a terminal with so many colours needs it: what it marks by a background alone is marked otherwise where
  /// that background is not to be had.
  public func adapted(to depth: ColourDepth) -> Theme {
    var adapted = self
    let ground = self[.text].quantised(to: depth).background
    for (role, mark) in Self.marks {
      guard let style = styles[role], !style.attributes.contains(.reverse) else { continue }
      let isLost =
        style.background != self[.text].background && style.quantised(to: depth).background == ground
      if isLost { adapted.styles[role] = Style(attributes: style.attributes.union(mark)) }
    }
    return adapted
  }

  /// What stands in for a background that is lost.
  private static let marks: [(Role, Style.Attributes)] = [
    (.selection, .reverse), (.selectionUnfocused, .underline), (.headerProtected, .reverse),
  ]
}

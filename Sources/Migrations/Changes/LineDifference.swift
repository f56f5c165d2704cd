/// The difference of two texts, line by line, as `diff -u` shows it.
public struct LineDifference: Sendable, Hashable {
  /// One line of the difference.
  public struct Line: Sendable, Hashable {
    /// What became of a line.
    public enum Kind: Sendable, Hashable {
      /// It is in both texts.
      case kept
      /// It is in the old text only.
      case removed
      /// It is in the new text only.
      case added
      /// Lines that are in both are left out here.
      case gap
    }

    /// What became of it.
    public var kind: Kind
    /// The line, without its end.
    public var text: String

    /// Makes a line from its parts.
    public init(_ kind: Kind, _ text: String) {
      self.kind = kind
      self.text = text
    }
  }

  /// The lines that differ, each with some that do not around it; empty if none differ.
  public var lines: [Line]

  /// Compares two texts.
  ///
  /// - Parameter context: how many equal lines are shown around each difference.
  public init(from old: [String], to new: [String], context: Int = 2) {
    let all = Self.all(from: old, to: new)
    var isShown = Array(repeating: false, count: all.count)
    for (index, line) in all.enumerated() where line.kind != .kept {
      for near in max(0, index - context)..<min(all.count, index + context + 1) { isShown[near] = true }
    }
    lines = []
    for (index, line) in all.enumerated() {
      if isShown[index] {
        lines.append(line)
      } else if lines.last?.kind != .gap, isShown.contains(true) {
        lines.append(Line(.gap, ""))
      }
    }
    if lines.last?.kind == .gap { lines.removeLast() }
    if lines.first?.kind == .gap { lines.removeFirst() }
  }

  private static func all(from old: [String], to new: [String]) -> [Line] {
    var removed: Set<Int> = []
    var added: Set<Int> = []
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var lines: [Line] = []
    var oldIndex = 0
    var newIndex = 0
    while oldIndex < old.count || newIndex < new.count {
      if removed.contains(oldIndex), oldIndex < old.count {
        lines.append(Line(.removed, old[oldIndex]))
        oldIndex += 1
      } else if added.contains(newIndex), newIndex < new.count {
        lines.append(Line(.added, new[newIndex]))
        newIndex += 1
      } else {
        lines.append(Line(.kept, newIndex < new.count ? new[newIndex] : ""))
        oldIndex += 1
        newIndex += 1
      }
    }
    return lines
  }
}

extension LineDifference {
  /// Compares statements, each text cut into its lines and ended by a semicolon.
  public init(ofStatements old: [String], to new: [String]) {
    self.init(from: Self.lines(of: old), to: Self.lines(of: new))
  }

  private static func lines(of statements: [String]) -> [String] {
    statements.flatMap {
      ($0 + ";").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
  }
}

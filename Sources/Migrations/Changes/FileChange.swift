import Script

/// What became of a file since it ran, told by the statements that the history has kept.
public enum FileChange: Sendable, Hashable {
  /// It says the same: only comments, white space or spelling differ.
  case commentsOnly
  /// Everything that ran is still there, in its order; these statements (by index in the file) came to it.
  case additive(added: [Int])
  /// Something that ran is gone or different.
  ///
  /// - Parameters:
  ///   - removed: the statements that ran and are not in the file any more, by their place in what ran.
  ///   - added: the statements of the file that did not run, by index.
  case contradictory(removed: [Int], added: [Int])
  /// It cannot be told; the text says why.
  case unknown(String)

  /// Compares what ran with what the file says now.
  ///
  /// - Parameter ran: the texts of the statements that ran; nil if the history has not kept them.
  public init(ran: [String]?, file: ParsedScript) {
    guard let ran else {
      self = .unknown("the history has not kept what ran")
      return
    }
    let statements = file.statements
    let old = ran.map(ComparableForm.byTokens)
    let new = statements.map { ComparableForm.byTokens($0.text) }
    let holdsData = statements.contains { if case .copyData = $0.form { true } else { false } }
    if old == new {
      self = holdsData ? .unknown("the data of its COPY statements may have changed") : .commentsOnly
      return
    }
    let start = zip(old, new).prefix { $0 == $1 }.count
    let end = zip(old[start...].reversed(), new[start...].reversed()).prefix { $0 == $1 }.count
    let oldTrees = ran[start..<(ran.count - end)].map(ComparableForm.byTree)
    let newTrees = statements[start..<(statements.count - end)].map { ComparableForm.byTree($0.text) }
    let difference = newTrees.difference(from: oldTrees)
    let removed = difference.removals.map { start + $0.offset }
    let added = difference.insertions.map { start + $0.offset }
    if !removed.isEmpty {
      self = .contradictory(removed: removed, added: added)
    } else if !added.isEmpty {
      self = .additive(added: added)
    } else {
      self = holdsData ? .unknown("the data of its COPY statements may have changed") : .commentsOnly
    }
  }
}

extension CollectionDifference.Change {
  /// The place of the element, in the collection that it is in.
  fileprivate var offset: Int {
    switch self {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }
}

extension FileChange {
  /// What changed, in words that follow "the file is not the one that ran"; `script` is what the file says now.
  public func words(in script: ParsedScript) -> String {
    switch self {
    case .commentsOnly: return "only comments and white space differ"
    case .additive(let added):
      return "\(Self.count(added)) came to it (\(Self.lines(added, in: script))) and did not run"
    case .contradictory(let removed, let added):
      let gone = "\(Self.count(removed)) that ran \(removed.count == 1 ? "is" : "are") gone or different"
      return added.isEmpty
        ? gone : "\(gone), \(Self.count(added)) did not run (\(Self.lines(added, in: script)))"
    case .unknown(let reason): return reason
    }
  }

  private static func count(_ statements: [Int]) -> String {
    "\(statements.count) \(statements.count == 1 ? "statement" : "statements")"
  }

  /// `line 3`, `lines 3, 7, 9 …`.
  private static func lines(_ statements: [Int], in script: ParsedScript) -> String {
    let lines = statements.filter(script.statements.indices.contains)
      .map { String(script.statements[$0].position.line) }
    let shown = lines.prefix(3).joined(separator: ", ") + (lines.count > 3 ? " …" : "")
    return lines.count == 1 ? "line \(shown)" : "lines \(shown)"
  }
}

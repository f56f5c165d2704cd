import Display

extension ConsoleState {
  /// What stands where data are awaited that this console has never seen, or why they cannot come.
  func linesInstead(
    of what: Text, loading: Loading, ifEmpty empty: Text, columns: Int
  ) -> [Line] {
    if case .failed(let trouble) = connection {
      return OpeningView.lines(of: trouble, state: self, columns: columns)
    }
    switch loading {
    case .failed(let trouble): return OpeningView.lines(of: trouble, state: self, columns: columns)
    case .waiting: return [Line("\(spinner) reading \(what)…", .running)]
    case .notAsked:
      if case .connecting = connection { return [Line("\(spinner) connecting…", .running)] }
      return [Line("\(spinner) reading \(what)…", .running)]
    case .loaded: return Line.wrapped(empty, .muted, columns: columns)
    }
  }
}

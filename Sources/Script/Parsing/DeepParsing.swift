/// Runs work on syntax trees with as much stack as their depth may need.
enum DeepParsing {
  /// The greatest depth (``ParseDepth``) that any thread's stack holds with a wide margin.
  static let ordinaryDepth = 300
  /// The greatest depth that is parsed at all.
  static let greatestDepth = 200_000
  /// The stack for what is deeper than ordinary, in bytes; the system gives memory only to the part that is used.
  static let stackSize = 1 << 30

  /// Does the work on this thread if `depth` is ordinary, else on one with a large stack while this one waits.
  ///
  /// Gives nil, with the work not done, if the depth is too great or no such thread is to be had.
  static func run<Result>(depth: Int, _ work: () -> Result) -> Result? {
    if depth <= ordinaryDepth { return work() }
    guard depth <= greatestDepth else { return nil }
    return LargeStack.run(size: stackSize, work)
  }
}

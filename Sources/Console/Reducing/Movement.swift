/// How far a key moves.
enum Movement: Sendable, Hashable {
  case lines(Int)
  case pages(Int)
  case start
  case end

  /// The distance in lines for a viewport of this height; ends are further than any list.
  func distance(height: Int) -> Int {
    switch self {
    case .lines(let lines): lines
    // One line stays, so that the eye finds its way.
    case .pages(let pages): pages * max(1, height - 1)
    case .start: -Self.far
    case .end: Self.far
    }
  }

  private static let far = 1 << 40
}

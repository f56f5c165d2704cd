/// What happens when a statement runs a second time right after the first.
public enum Repetition: Sendable, Hashable, Comparable {
  /// Nothing: it succeeds and leaves everything as it is.
  case harmless
  /// It cannot be told from the text; says why.
  case unknown(String)
  /// It succeeds and does something again; says what.
  case changes(String)
  /// It fails; says why.
  case fails(String)

  /// Orders by how much stands against running it again.
  public static func < (left: Repetition, right: Repetition) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .harmless: 0
    case .unknown: 1
    case .changes: 2
    case .fails: 3
    }
  }
}

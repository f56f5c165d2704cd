/// How many of a table's rows an expression admits, as far as its text tells.
enum RowShare: Sendable, Hashable {
  case all
  /// The rows that belong to who asks.
  case own
  /// Of the rows that belong to who asks, those that meet further conditions.
  case ownConditionally
  /// Rows picked by something else, or by what only the database can weigh.
  case some
  case nothing

  /// The rows that both admit.
  func and(_ other: RowShare) -> RowShare {
    if self == .nothing || other == .nothing { return .nothing }
    if self == .all { return other }
    if other == .all || self == other { return self }
    return .ownConditionally
  }

  /// The rows that one of both admits.
  func or(_ other: RowShare) -> RowShare {
    if self == .all || other == .all { return .all }
    if self == .nothing { return other }
    if other == .nothing || self == other { return self }
    return self == .some || other == .some ? .some : .own
  }

  /// The rows that are not admitted.
  var complement: RowShare {
    switch self {
    case .all: .nothing
    case .nothing: .all
    case .own, .ownConditionally, .some: .some
    }
  }
}

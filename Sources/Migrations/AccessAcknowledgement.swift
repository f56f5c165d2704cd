import Schema

/// What somebody must say to let migrations widen access on a protected target: for each role, exactly what it will
/// reach.
public struct AccessAcknowledgement: Sendable, Hashable {
  /// What widens.
  public let widenings: [AccessChange.Cell]

  /// Asks for these widenings.
  public init(_ widenings: [AccessChange.Cell]) { self.widenings = widenings }

  /// What must be said, one phrase for each role: `anon public.plan_limits`, or `authenticated 8 objects` where it is
  /// more than one.
  public var phrases: [String] {
    roles.map { role in
      let names = names(of: role)
      return names.count == 1 ? "\(role) \(names[0])" : "\(role) \(names.count) objects"
    }
  }

  /// The widenings that none of these texts acknowledges: neither as a phrase for all of a role, nor by role and object.
  public func unacknowledged(by given: [String]) -> [AccessChange.Cell] {
    let given = Set(given.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") })
    let covered = Set(zip(roles, phrases).filter { given.contains($0.1) }.map(\.0))
    return widenings.filter { cell in
      !covered.contains(cell.role) && !given.contains("\(cell.role) \(cell.object.qualifiedName)")
    }
  }

  private var roles: [String] { Set(widenings.map(\.role)).sorted() }

  private func names(of role: String) -> [String] {
    Set(widenings.filter { $0.role == role }.map(\.object.qualifiedName)).sorted()
  }
}

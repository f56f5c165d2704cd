import Schema

/// A migration of a closure, and what brought it in.
public struct ClosureMember: Sendable, Hashable {
  /// The migration.
  public var id: MigrationID
  /// Whether it was among those that the closure was asked for.
  public var isSelected: Bool
  /// The requirements of other members that it meets.
  public var neededBy: [Requirement]

  /// Makes a member from its parts.
  public init(id: MigrationID, isSelected: Bool, neededBy: [Requirement]) {
    self.id = id
    self.isSelected = isSelected
    self.neededBy = neededBy
  }

  /// Why it comes along, in one sentence; nil for one that was selected.
  ///
  /// `070_user_equals_instance comes with it: it creates column public.telemetry.user_id`
  public var explanation: String? {
    guard !isSelected else { return nil }
    return mostTelling.map { "\(id) comes with it: \($0.explanation)" }
  }

  /// The requirement that says most about why it is needed.
  public var mostTelling: Requirement? {
    var best: Requirement?
    for requirement in neededBy where best.map({ requirement.telling.rank < $0.telling.rank }) ?? true {
      best = requirement
    }
    return best
  }
}

extension RequirementGraph {
  /// The migrations and all that they need, directly or not, in an order in which they can run.
  ///
  /// - Parameter isMet: whether a requirement on a migration is met already, so that it need not come along.
  public func closure(
    of ids: some Sequence<MigrationID>, unless isMet: (MigrationID) -> Bool = { _ in false }
  ) -> [ClosureMember] {
    let selected = Set(ids)
    var neededBy: [MigrationID: [Requirement]] = [:]
    var members = selected
    var queue = order.filter { selected.contains($0) }
    while let id = queue.popLast() {
      for requirement in requirements(of: id)
      where selected.contains(requirement.to) || !isMet(requirement.to) {
        neededBy[requirement.to, default: []].append(requirement)
        if members.insert(requirement.to).inserted { queue.append(requirement.to) }
      }
    }
    return order.filter { members.contains($0) }.map { id in
      let needs = neededBy[id] ?? []
      return ClosureMember(
        id: id, isSelected: selected.contains(id),
        neededBy: needs.sorted { (places[$0.from] ?? 0) < (places[$1.from] ?? 0) })
    }
  }

  /// All that needs a migration, directly or not, in order: what would lose its ground without it.
  public func everythingThatNeeds(_ id: MigrationID) -> [MigrationID] {
    var members: Set<MigrationID> = []
    var queue = [id]
    while let next = queue.popLast() {
      for requirement in dependents(of: next) where members.insert(requirement.from).inserted {
        queue.append(requirement.from)
      }
    }
    return order.filter { members.contains($0) && $0 != id }
  }
}

extension Requirement {
  /// Why it is needed, as half a sentence about the migration that is needed.
  public var explanation: String { telling.text }

  /// The reason that says most: a part of a table more than the table, an object more than a declaration.
  fileprivate var telling: (rank: Int, text: String) {
    var best: (rank: Int, text: String)?
    for reason in reasons {
      let candidate: (rank: Int, text: String)
      switch reason {
      case .declared(let location): candidate = (3, "\(from) requires it (\(location))")
      case .uses(let object, _):
        let rank = object.kind == .schema ? 2 : object.parent == nil ? 1 : 0
        candidate = (rank, "it creates \(object)")
      }
      if best.map({ candidate.rank < $0.rank }) ?? true { best = candidate }
    }
    return best ?? (4, "\(from) requires it")
  }
}

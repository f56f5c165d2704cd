/// What a migration needs and what needs it: the part of the graph that somebody who looks at one migration asks for.
///
/// Straight requirements are all there. Beyond them only migrations that are still open are followed: of what is in the
/// database already, nobody has to know what it needed. Each migration comes once, as near as it is.
public struct RequirementNeighbourhood: Sendable, Hashable {
  /// The migration in the middle.
  public let centre: MigrationID
  /// What it needs, each followed by what that needs.
  public let needs: [Branch]
  /// What needs it, each followed by what needs that.
  public let neededBy: [Branch]

  /// A migration in the neighbourhood, with the edge that leads to it.
  public struct Branch: Sendable, Hashable {
    /// The migration.
    public var migration: MigrationID
    /// The edge between it and the branch that it hangs on, or the middle.
    public var requirement: Requirement
    /// Whether it is the last on its branch, for itself and each branch that it hangs on, the outermost first.
    public var isLast: [Bool]

    /// How many edges lie between it and the middle.
    public var distance: Int { isLast.count }
  }

  /// How many migrations the middle needs straight.
  public var needsCount: Int { needs.count { $0.distance == 1 } }

  /// How many migrations need the middle straight.
  public var neededByCount: Int { neededBy.count { $0.distance == 1 } }
}

extension RequirementGraph {
  /// The neighbourhood of a migration.
  ///
  /// - Parameters:
  ///   - isOpen: whether a migration is still to be run, so that its own requirements matter.
  ///   - maximumDistance: how many edges are followed at most.
  public func neighbourhood(
    of centre: MigrationID, maximumDistance: Int = 6, isOpen: (MigrationID) -> Bool
  ) -> RequirementNeighbourhood {
    RequirementNeighbourhood(
      centre: centre,
      needs: branches(from: centre, maximumDistance, isOpen) { id in
        requirements(of: id).map { ($0.to, $0) }
      },
      neededBy: branches(from: centre, maximumDistance, isOpen) { id in
        dependents(of: id).map { ($0.from, $0) }
      })
  }

  private typealias Neighbour = (id: MigrationID, requirement: Requirement)

  private func branches(
    from centre: MigrationID, _ maximumDistance: Int, _ isOpen: (MigrationID) -> Bool,
    neighbours: (MigrationID) -> [Neighbour]
  ) -> [RequirementNeighbourhood.Branch] {
    var children: [MigrationID: [Neighbour]] = [:]
    var seen: Set<MigrationID> = [centre]
    var level = [centre]
    // Level by level, so that each hangs on the shortest way to it, and a cycle ends.
    for distance in 1...max(1, maximumDistance) where !level.isEmpty {
      var next: [MigrationID] = []
      for id in level {
        let all = neighbours(id).filter { !seen.contains($0.id) }
        let open = all.filter { isOpen($0.id) }
        let shown = distance == 1 ? open + all.filter { !isOpen($0.id) } : open
        children[id] = shown
        seen.formUnion(shown.map(\.id))
        next += open.map(\.id)
      }
      level = next
    }
    return Self.inOrder(children, from: centre)
  }

  private static func inOrder(
    _ children: [MigrationID: [Neighbour]], from centre: MigrationID
  ) -> [RequirementNeighbourhood.Branch] {
    var branches: [RequirementNeighbourhood.Branch] = []
    var waiting: [RequirementNeighbourhood.Branch] = []
    func push(_ id: MigrationID, _ isLast: [Bool]) {
      let own = children[id] ?? []
      for (index, neighbour) in own.enumerated().reversed() {
        waiting.append(
          RequirementNeighbourhood.Branch(
            migration: neighbour.id, requirement: neighbour.requirement,
            isLast: isLast + [index == own.count - 1]))
      }
    }
    push(centre, [])
    while let branch = waiting.popLast() {
      branches.append(branch)
      push(branch.migration, branch.isLast)
    }
    return branches
  }
}

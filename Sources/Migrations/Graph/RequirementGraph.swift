import Schema
import Script

/// Which migrations need which: the interlocking of the frame.
///
/// Nodes are the migrations that can run, and those that they need although they cannot. Edges are the requirements
/// that somebody declared and those that follow from what the files make and use.
public struct RequirementGraph: Sendable, Hashable {
  /// The migrations, in the project's order.
  public let migrations: [MigrationID]
  /// The requirements, by the migration that needs, then by the one that is needed, in the project's order.
  public let requirements: [Requirement]
  /// The migrations in an order in which each comes after all that it needs; otherwise the project's order.
  ///
  /// Migrations of a cycle come where the project's order puts them.
  public let order: [MigrationID]
  /// The cycles, each as a path that ends where it begins; empty if there are none.
  public let cycles: [[MigrationID]]

  let places: [MigrationID: Int]
  /// By place: the requirements that go out, as indices into `requirements`.
  let outgoing: [[Int]]
  /// By place: the requirements that come in, as indices into `requirements`.
  let incoming: [[Int]]

  /// Builds the graph of a project.
  public init(_ project: Project) { self.init(project.migrations) }

  /// Builds the graph of migrations given in the project's order.
  ///
  /// Declared requirements on migrations that are not given are passed over; reading the project reports them.
  public init(_ all: [Migration]) {
    var wanted: Set<MigrationID> = []
    for index in all.indices where all[index].isRunnable {
      for required in all[index].declaredRequirements { wanted.insert(required.id) }
    }
    let nodes = all.indices.filter { all[$0].isRunnable || wanted.contains(all[$0].id) }
    self.init(nodes: nodes.map { all[$0].id }, requirements: Self.merged(all.filter(\.isRunnable)))
  }

  /// Builds a graph of nodes and edges; edges to unknown nodes and from a node to itself are left out.
  public init(nodes: [MigrationID], requirements unsorted: [Requirement]) {
    migrations = nodes
    let places = Dictionary(nodes.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    self.places = places
    let placed: [(from: Int, to: Int, requirement: Requirement)] = unsorted.compactMap { requirement in
      guard let from = places[requirement.from], let to = places[requirement.to], from != to else {
        return nil
      }
      return (from, to, requirement)
    }.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    requirements = placed.map(\.requirement)
    var outgoing = Array(repeating: [Int](), count: nodes.count)
    var incoming = outgoing
    for (index, edge) in placed.enumerated() {
      outgoing[edge.from].append(index)
      incoming[edge.to].append(index)
    }
    self.outgoing = outgoing
    self.incoming = incoming
    guard !placed.isEmpty else {
      order = nodes
      cycles = []
      return
    }
    let needs = outgoing.map { $0.map { placed[$0].to } }
    let sorting = TopologicalOrder(needs: needs)
    order = sorting.order.map { nodes[$0] }
    cycles = sorting.cycles.map { $0.map { nodes[$0] } }
  }

  /// What a migration needs directly.
  public func requirements(of id: MigrationID) -> [Requirement] {
    places[id].map { outgoing[$0].map { requirements[$0] } } ?? []
  }

  /// What needs a migration directly.
  public func dependents(of id: MigrationID) -> [Requirement] {
    places[id].map { incoming[$0].map { requirements[$0] } } ?? []
  }

  /// Declared and inferred requirements, one for each pair.
  private static func merged(_ migrations: [Migration]) -> [Requirement] {
    var merged: [Requirement] = []
    var indices: [MigrationID: [MigrationID: Int]] = [:]
    func add(_ reason: Requirement.Reason, from: MigrationID, to: MigrationID) {
      if let index = indices[from]?[to] {
        if !merged[index].reasons.contains(reason) { merged[index].reasons.append(reason) }
      } else {
        indices[from, default: [:]][to] = merged.count
        merged.append(Requirement(from: from, to: to, reasons: [reason]))
      }
    }
    for migration in migrations {
      for declared in migration.declaredRequirements {
        add(.declared(declared.location), from: migration.id, to: declared.id)
      }
    }
    for found in RequirementInference.requirements(among: migrations) {
      add(.uses(found.object, at: found.position), from: found.from, to: found.to)
    }
    return merged
  }
}

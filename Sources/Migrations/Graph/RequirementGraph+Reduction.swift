/// An edge of a drawing: one migration above another.
public struct ReducedEdge: Sendable, Hashable {
  /// The migration that needs.
  public var from: MigrationID
  /// The migration that is needed.
  public var to: MigrationID

  /// Makes an edge from its ends.
  public init(from: MigrationID, to: MigrationID) {
    self.from = from
    self.to = to
  }
}

extension RequirementGraph {
  /// The edges that a drawing needs: without those that follow from others (the transitive reduction).
  ///
  /// - Parameter subset: the migrations to draw, all if nil; what they need through others counts as needed directly.
  public func reducedEdges(among subset: Set<MigrationID>? = nil) -> [ReducedEdge] {
    let sorted = order.compactMap { places[$0] }
    let isDrawn = migrations.map { subset?.contains($0) ?? true }
    var reachable = Array(repeating: BitSet(below: migrations.count), count: migrations.count)
    var drawn: [(from: Int, to: Int)] = []
    var rank = Array(repeating: 0, count: migrations.count)
    for (index, place) in sorted.enumerated() { rank[place] = index }
    /// By place: the drawn migrations nearest below, straight or through migrations that are not drawn.
    var nearest = Array(repeating: [Int](), count: migrations.count)
    for place in sorted {
      var candidates = Set<Int>()
      for requirement in outgoing[place].map({ requirements[$0] }) {
        guard let needed = places[requirement.to], rank[needed] < rank[place] else { continue }
        if isDrawn[needed] {
          candidates.insert(needed)
        } else {
          candidates.formUnion(nearest[needed])
        }
      }
      var kept: [Int] = []
      var covered = BitSet(below: migrations.count)
      for candidate in candidates.sorted(by: { rank[$0] > rank[$1] }) where !covered.contains(candidate) {
        kept.append(candidate)
        covered.formUnion(reachable[candidate])
        covered.insert(candidate)
      }
      nearest[place] = kept
      reachable[place] = covered
      if isDrawn[place] { drawn += kept.sorted().map { (place, $0) } }
    }
    return drawn.sorted { $0 < $1 }.map { ReducedEdge(from: migrations[$0.from], to: migrations[$0.to]) }
  }

  /// The migrations in layers: each layer needs only what is in the layers before it.
  public var layers: [[MigrationID]] {
    var depth: [MigrationID: Int] = [:]
    var layers: [[MigrationID]] = []
    for id in order {
      let layer = (requirements(of: id).compactMap { depth[$0.to] }.max() ?? -1) + 1
      depth[id] = layer
      if layer == layers.count { layers.append([]) }
      layers[layer].append(id)
    }
    return layers
  }
}

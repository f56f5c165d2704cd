/// The columns between two layers of a diagram in which wires go up and down.
struct DiagramTracks {
  /// The columns of a channel beside its tracks: a mark and a dash on each side.
  static let margin = 4

  /// The track of each wire, from the left; nil for one that goes straight.
  private(set) var tracks: [Int?]
  /// How many tracks there are.
  private(set) var count = 0

  /// Gives each wire a track, so that no two lie on one another: neither up and down, nor where one leaves its track for the
  /// right in the row in which another comes from the left.
  init(_ wires: [DiagramLayout.Wire]) {
    tracks = wires.map { _ in nil }
    var taken: [[ClosedRange<Int>]] = []
    for place in Self.ordered(wires) {
      let wire = wires[place]
      let rows = (wire.left + wire.right).map(\.row)
      guard let low = rows.min(), let high = rows.max(), low < high else { continue }
      let before = wires.indices.compactMap { other in
        other != place && Self.mustPrecede(wires[other], wire) ? tracks[other] : nil
      }
      var track = (before.max() ?? -1) + 1
      while taken.indices.contains(track), taken[track].contains(where: { $0.overlaps(low...high) }) {
        track += 1
      }
      while !taken.indices.contains(track) { taken.append([]) }
      taken[track].append(low...high)
      tracks[place] = track
    }
    count = taken.count
  }

  /// Whether the one must stand left of the other: it comes from the left in a row in which the other leaves for the right.
  private static func mustPrecede(_ one: DiagramLayout.Wire, _ other: DiagramLayout.Wire) -> Bool {
    let rows = Set(other.right.map(\.row))
    return one.left.contains { rows.contains($0.row) }
  }

  /// The wires in an order in which those that must stand left come first; from the top where nothing else decides.
  private static func ordered(_ wires: [DiagramLayout.Wire]) -> [Int] {
    func top(_ place: Int) -> Int { wires[place].right.map(\.row).min() ?? 0 }
    var open = wires.indices.sorted { (top($0), $0) < (top($1), $1) }
    var order: [Int] = []
    while !open.isEmpty {
      let next =
        open.first { place in
          !open.contains { $0 != place && mustPrecede(wires[$0], wires[place]) }
        } ?? open[0]
      order.append(next)
      open.removeAll { $0 == next }
    }
    return order
  }
}

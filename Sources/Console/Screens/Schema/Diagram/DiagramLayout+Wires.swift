/// What runs between the boxes of a diagram.
extension DiagramLayout {
  /// One end of a wire: a row of a box, or of nothing where a wire only passes a layer.
  struct Node: Sendable, Hashable {
    /// The table; nil where a wire passes.
    var table: Int?
    /// What passes: the table and row that it leads to, or the number of a single wire.
    var passing: Passing?
    var row = 0
    var rows = 1
  }

  /// What a wire that passes leads to.
  enum Passing: Sendable, Hashable {
    case to(table: Int, row: Int)
    case single(Int)
  }

  /// A wire between two neighbouring layers: all that lead to one place are one.
  struct Wire: Sendable, Hashable {
    var key: Passing
    /// The rows at which it leaves the left layer, and whether the mark of a foreign key stands there (nil for none).
    var left: [End]
    var right: [End]
    /// The tables that it is about.
    var tables: Set<Int>
  }

  /// The end of a wire at a layer.
  struct End: Sendable, Hashable {
    var row: Int
    var mark: Mark?
  }

  /// What stands where a wire meets a box.
  enum Mark: Sendable, Hashable {
    /// Many rows refer.
    case many
    /// One row refers.
    case one
    /// What is referred to.
    case target
  }

  /// The row of a table's column, or of what passes.
  private func row(_ node: Node, _ row: Int) -> Int { node.table == nil ? node.row : node.row + 1 + row }

  mutating func makeChannels(_ placed: [Int: Int]) {
    channels = layers.indices.dropLast().map { _ in [] }
    for (number, reference) in graph.references.enumerated() {
      guard let from = placed[reference.from], let to = placed[reference.to], from != to else { continue }
      let isForward = from < to
      let key = passing(number, isForward)
      let source = End(row: 0, mark: reference.isOneToOne ? .one : .many)
      let target = End(row: 0, mark: .target)
      for channel in min(from, to)..<max(from, to) {
        let left = end(
          channel, key, at: from, reference.from, reference.fromRow, source, to, reference.to,
          reference.toRow, target)
        let right = end(
          channel + 1, key, at: from, reference.from, reference.fromRow, source, to, reference.to,
          reference.toRow, target)
        add(key, left, right, [reference.from, reference.to], to: channel)
      }
    }
  }

  /// The end of a wire at a layer: at one of the two tables, or where it passes.
  private func end(
    _ layer: Int, _ key: Passing, at from: Int, _ fromTable: Int, _ fromRow: Int, _ source: End, _ to: Int,
    _ toTable: Int, _ toRow: Int, _ target: End
  ) -> End {
    var end = layer == from ? source : layer == to ? target : End(row: 0)
    let node = layers[layer].first { node in
      if layer == from { return node.table == fromTable }
      if layer == to { return node.table == toTable }
      return node.passing == key
    }
    if let node { end.row = row(node, layer == from ? fromRow : toRow) }
    return end
  }

  private mutating func add(_ key: Passing, _ left: End, _ right: End, _ tables: Set<Int>, to channel: Int) {
    if let place = channels[channel].firstIndex(where: { $0.key == key }) {
      if !channels[channel][place].left.contains(left) { channels[channel][place].left.append(left) }
      if !channels[channel][place].right.contains(right) { channels[channel][place].right.append(right) }
      channels[channel][place].tables.formUnion(tables)
    } else {
      channels[channel].append(Wire(key: key, left: [left], right: [right], tables: tables))
    }
  }
}

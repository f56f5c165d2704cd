import Display

/// Where the boxes of a diagram stand: in layers from left to right, so that what refers stands left of what is referred to.
struct DiagramLayout: Sendable {
  /// A table's box.
  struct Box: Sendable, Hashable {
    var table: Int
    var area: Area
    /// Whether it stands alone below the others.
    var isLoose = false
  }

  /// How much a box shows.
  struct Style: Sendable, Hashable {
    /// The widest that a box is inside.
    var widest: Int
    /// Whether the table in the middle shows types.
    var hasTypes: Bool
  }

  private(set) var boxes: [Box] = []
  /// The wires between each layer and the next.
  var channels: [[Wire]] = []
  /// Where each layer begins and ends.
  private(set) var layerColumns: [Range<Int>] = []
  /// What each layer holds, from top to bottom.
  private(set) var layers: [[Node]] = []
  let graph: TableGraph
  let style: Style
  private(set) var size = Size(columns: 0, rows: 0)

  /// Lays a graph out.
  ///
  /// - Parameters:
  ///   - centre: the table in the middle; nil for layers by who needs whom.
  ///   - columns: how wide what refers to nothing, and is referred to by nothing, may flow.
  init(_ graph: TableGraph, centre: Int?, style: Style, columns: Int) {
    self.graph = graph
    self.style = style
    let placed = centre.map { Self.layers(around: $0, graph) } ?? Self.layers(of: graph)
    let loose = graph.tables.indices.filter { placed[$0] == nil }
    let count = (placed.values.max() ?? -1) + 1
    layers = (0..<count).map { layer in
      placed.filter { $0.value == layer }.keys.sorted().map { table in
        Node(table: table, rows: graph.tables[table].rows.count + 2)
      }
    }
    addPassing(placed)
    order(placed)
    stack()
    makeChannels(placed)
    measure()
    flow(loose, columns: columns)
  }

  // MARK: Layers

  /// Who refers at the left, the table itself, what it refers to at the right.
  private static func layers(around centre: Int, _ graph: TableGraph) -> [Int: Int] {
    var layers: [Int: Int] = [centre: 1]
    for reference in graph.references where reference.to == centre && reference.from != centre {
      layers[reference.from] = 0
    }
    for reference in graph.references where reference.from == centre && reference.to != centre {
      layers[reference.to] = 2
    }
    if !layers.values.contains(0) { layers = layers.mapValues { $0 - 1 } }
    return layers
  }

  /// Each table as far from the right as the longest way that it refers; those with no reference at all are in none.
  private static func layers(of graph: TableGraph) -> [Int: Int] {
    var depths: [Int: Int] = [:]
    var open: Set<Int> = []
    func depth(_ table: Int) -> Int {
      if let known = depths[table] { return known }
      open.insert(table)
      var deepest = 0
      for reference in graph.references where reference.from == table && !open.contains(reference.to) {
        deepest = max(deepest, depth(reference.to) + 1)
      }
      open.remove(table)
      depths[table] = deepest
      return deepest
    }
    let bound = Set(graph.references.filter { $0.from != $0.to }.flatMap { [$0.from, $0.to] })
    for table in bound.sorted() { _ = depth(table) }
    let most = depths.values.max() ?? 0
    return depths.mapValues { most - $0 }
  }

  // MARK: Wires that pass

  func passing(_ number: Int, _ isForward: Bool) -> Passing {
    let reference = graph.references[number]
    return isForward ? .to(table: reference.to, row: reference.toRow) : .single(number)
  }

  private mutating func addPassing(_ placed: [Int: Int]) {
    for (number, reference) in graph.references.enumerated() {
      guard let from = placed[reference.from], let to = placed[reference.to], from != to else { continue }
      let key = passing(number, from < to)
      for layer in (min(from, to) + 1)..<max(from, to)
      where !layers[layer].contains(where: { $0.passing == key }) {
        layers[layer].append(Node(passing: key))
      }
    }
  }

  /// Puts each layer in an order in which wires cross seldom: each node where its neighbours are on the average.
  private mutating func order(_ placed: [Int: Int]) {
    guard layers.count > 1 else { return }
    for sweep in 0..<6 {
      let order = sweep.isMultiple(of: 2) ? Array(layers.indices) : layers.indices.reversed()
      for layer in order {
        let weights = layers[layer].enumerated().map { place, node in
          let near = neighbours(of: node, in: layer, placed)
          let mean = near.isEmpty ? Double(place) : near.reduce(0, +) / Double(near.count)
          return (node: node, weight: mean, place: place)
        }
        layers[layer] = weights.sorted { ($0.weight, $0.place) < ($1.weight, $1.place) }.map(\.node)
      }
    }
  }

  /// How far down, as a share of its layer, the neighbours of a node are.
  private func neighbours(of node: Node, in layer: Int, _ placed: [Int: Int]) -> [Double] {
    var found: [Double] = []
    for near in [layer - 1, layer + 1] where layers.indices.contains(near) {
      for (place, other) in layers[near].enumerated() where areJoined(node, other) {
        found.append(Double(place) * Double(layers[layer].count) / Double(max(1, layers[near].count)))
      }
    }
    return found
  }

  private func areJoined(_ left: Node, _ right: Node) -> Bool {
    graph.references.enumerated().contains { number, reference in
      func touches(_ node: Node) -> Bool {
        if let table = node.table { return table == reference.from || table == reference.to }
        switch node.passing {
        case .to(let table, let row)?: return table == reference.to && row == reference.toRow
        case .single(let single)?: return single == number
        case nil: return false
        }
      }
      return touches(left) && touches(right)
    }
  }

  /// Stacks the highest layer, and the others beside what they are joined to.
  private mutating func stack() {
    guard let anchor = layers.indices.max(by: { height($0) < height($1) }) else { return }
    stack(anchor, beside: nil)
    for layer in layers.indices where layer > anchor { stack(layer, beside: layer - 1) }
    for layer in layers.indices.reversed() where layer < anchor { stack(layer, beside: layer + 1) }
  }

  private func height(_ layer: Int) -> Int { layers[layer].reduce(0) { $0 + $1.rows } }

  private mutating func stack(_ layer: Int, beside other: Int?) {
    var next = 0
    var below = height(layer)
    let room = other.map { layers[$0].map { $0.row + $0.rows }.max() ?? 0 } ?? 0
    for place in layers[layer].indices {
      let node = layers[layer][place]
      var wanted = 0
      if let other {
        let near = layers[other].filter { areJoined(node, $0) }
        if !near.isEmpty {
          wanted = near.reduce(0) { $0 + $1.row + $1.rows / 2 } / near.count - node.rows / 2
        }
      }
      // What stands below keeps its room.
      let row = max(next, min(wanted, max(next, room - below)))
      layers[layer][place].row = row
      next = row + node.rows
      below -= node.rows
    }
  }

  // MARK: Measures

  /// How wide a table's box is.
  private func width(_ table: Int) -> Int {
    let table = graph.tables[table]
    let rows = table.rows.map { row in
      row.label.columns + 2 + (style.hasTypes && !row.type.isEmpty ? row.type.columns + 1 : 0)
    }
    return min(style.widest, max(table.title.columns, rows.max() ?? 0)) + 4
  }

  private mutating func measure() {
    var column = 0
    for (number, layer) in layers.enumerated() {
      let columns = layer.compactMap { $0.table.map(width) }.max() ?? 1
      layerColumns.append(column..<(column + columns))
      for node in layer {
        guard let table = node.table else { continue }
        boxes.append(
          Box(table: table, area: Area(column: column, row: node.row, columns: columns, rows: node.rows)))
      }
      column += columns
      if channels.indices.contains(number) {
        column += DiagramTracks(channels[number]).count + DiagramTracks.margin
      }
    }
    size = Size(
      columns: column, rows: layers.flatMap { $0 }.map { $0.row + $0.rows }.max() ?? 0)
  }

  /// Puts the tables that stand alone below the others, side by side.
  private mutating func flow(_ tables: [Int], columns: Int) {
    var place = Point(column: 0, row: size.rows + (size.rows > 0 && !tables.isEmpty ? 1 : 0))
    var rows = 0
    for table in tables {
      let wide = width(table)
      let high = graph.tables[table].rows.count + 2
      if place.column > 0, place.column + wide > max(columns, size.columns) {
        place = Point(column: 0, row: place.row + rows)
        rows = 0
      }
      boxes.append(
        Box(
          table: table, area: Area(column: place.column, row: place.row, columns: wide, rows: high),
          isLoose: true))
      place.column += wide + 1
      rows = max(rows, high)
      size = Size(columns: max(size.columns, place.column - 1), rows: max(size.rows, place.row + high))
    }
  }

  /// The columns between a layer and the next.
  func channelColumns(_ channel: Int) -> Range<Int> {
    layerColumns[channel].upperBound..<layerColumns[channel + 1].lowerBound
  }

  /// The rows in which a wire only passes a layer.
  var passages: [(columns: Range<Int>, row: Int, key: Passing)] {
    layers.enumerated().flatMap { number, layer in
      layer.compactMap { node in node.passing.map { (layerColumns[number], node.row, $0) } }
    }
  }
}

/// Sorts nodes so that each comes after all that it needs, otherwise by number, and finds the cycles that forbid it.
struct TopologicalOrder {
  /// Every node once.
  private(set) var order: [Int] = []
  /// Cycles as paths that end where they begin, each from its smallest node.
  private(set) var cycles: [[Int]] = []

  /// Sorts by what each node needs.
  init(needs: [[Int]]) {
    var isPlaced = Array(repeating: false, count: needs.count)
    var missing = needs.map { Set($0).count }
    var dependents = Array(repeating: [Int](), count: needs.count)
    for (node, needed) in needs.enumerated() {
      for other in Set(needed) { dependents[other].append(node) }
    }
    var ready = SmallestFirst(needs.indices.filter { missing[$0] == 0 })
    while order.count < needs.count {
      guard let node = ready.removeFirst() else {
        // Only cycles and what needs them are left: break one where its first member stands.
        guard let first = Self.firstOfCycle(among: isPlaced, needs: needs, cycles: &cycles) else { return }
        missing[first] = 0
        ready.insert(first)
        continue
      }
      if isPlaced[node] { continue }
      isPlaced[node] = true
      order.append(node)
      for dependent in dependents[node] where !isPlaced[dependent] && missing[dependent] > 0 {
        missing[dependent] -= 1
        if missing[dependent] == 0 { ready.insert(dependent) }
      }
    }
  }

  /// The smallest node of a cycle among the nodes that are not placed, and the cycle noted.
  private static func firstOfCycle(among isPlaced: [Bool], needs: [[Int]], cycles: inout [[Int]]) -> Int? {
    guard var node = isPlaced.firstIndex(of: false) else { return nil }
    var path: [Int] = []
    var places: [Int: Int] = [:]
    while places[node] == nil {
      places[node] = path.count
      path.append(node)
      guard let next = needs[node].filter({ !isPlaced[$0] }).min() else { return node }
      node = next
    }
    let cycle = Array(path[(places[node] ?? 0)...])
    guard let first = cycle.min(), let start = cycle.firstIndex(of: first) else { return nil }
    cycles.append(Array(cycle[start...] + cycle[..<start]) + [first])
    return first
  }
}

/// A heap of whole numbers that gives the smallest first.
private struct SmallestFirst {
  private var heap: [Int] = []

  init(_ members: [Int]) {
    for member in members { insert(member) }
  }

  mutating func insert(_ member: Int) {
    heap.append(member)
    var child = heap.count - 1
    while child > 0, case let parent = (child - 1) / 2, heap[child] < heap[parent] {
      heap.swapAt(child, parent)
      child = parent
    }
  }

  mutating func removeFirst() -> Int? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var parent = 0
    while case let left = 2 * parent + 1, left < heap.count {
      let right = left + 1
      let child = right < heap.count && heap[right] < heap[left] ? right : left
      guard heap[child] < heap[parent] else { break }
      heap.swapAt(child, parent)
      parent = child
    }
    return first
  }
}

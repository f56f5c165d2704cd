/// A table while the text is being read; it can still grow, and knows how it came to be.
final class TOMLTableNode {
  /// How a table came to be decides what may still be added to it.
  enum Origin {
    /// Named in the middle of a header: a later header may define it, dotted keys may not reach into it.
    case implied
    /// Defined by its own header.
    case header
    /// Defined by dotted keys: more dotted keys may add to it, a header of its own may not follow.
    case dotted
    /// Closed: an inline table, or a table inside one.
    case inline
  }

  var origin: Origin
  let position: TOMLPosition
  private(set) var entries: [(key: TOMLKey, node: TOMLNode)] = []
  private var places: [String: Int] = [:]

  init(origin: Origin, position: TOMLPosition) {
    self.origin = origin
    self.position = position
  }

  func entry(_ name: String) -> (key: TOMLKey, node: TOMLNode)? { places[name].map { entries[$0] } }

  func append(_ key: TOMLKey, _ node: TOMLNode) {
    places[key.name] = entries.count
    entries.append((key, node))
  }

  /// The finished table.
  var frozen: TOMLTable {
    TOMLTable(
      entries: entries.map { TOMLEntry(key: $0.key, value: $0.node.frozen) }, position: position)
  }

  /// The table that a header's name leads to, defined by it.
  func define(header path: [TOMLKey]) throws(TOMLError) -> TOMLTableNode {
    guard let last = path.last else { return self }
    let parent = try reach(path.dropLast())
    guard let existing = parent.entry(last.name) else {
      let table = TOMLTableNode(origin: .header, position: last.position)
      parent.append(last, .table(table))
      return table
    }
    guard case .table(let table) = existing.node, table.origin == .implied else {
      throw Self.redefinition(of: last, first: existing.key)
    }
    table.origin = .header
    return table
  }

  /// A new element of the array of tables that a double-bracketed header names.
  func appendElement(header path: [TOMLKey]) throws(TOMLError) -> TOMLTableNode {
    guard let last = path.last else { return self }
    let parent = try reach(path.dropLast())
    let element = TOMLTableNode(origin: .header, position: last.position)
    guard let existing = parent.entry(last.name) else {
      parent.append(last, .tables(TOMLTablesNode(first: element, position: last.position)))
      return element
    }
    guard case .tables(let tables) = existing.node else {
      throw Self.redefinition(of: last, first: existing.key)
    }
    tables.later.append(element)
    return element
  }

  /// Puts a value under a dotted key.
  func insert(_ path: [TOMLKey], _ node: TOMLNode) throws(TOMLError) {
    guard let last = path.last else { return }
    var table = self
    for key in path.dropLast() {
      if let existing = table.entry(key.name) {
        guard case .table(let next) = existing.node, next.origin == .dotted else {
          throw Self.redefinition(of: key, first: existing.key)
        }
        table = next
      } else {
        let next = TOMLTableNode(origin: .dotted, position: key.position)
        table.append(key, .table(next))
        table = next
      }
    }
    if let existing = table.entry(last.name) { throw Self.redefinition(of: last, first: existing.key) }
    table.append(last, node)
  }

  /// Closes the table and the tables that dotted keys made in it.
  func close() {
    origin = .inline
    for entry in entries {
      if case .table(let table) = entry.node { table.close() }
    }
  }

  private func reach(_ path: some Sequence<TOMLKey>) throws(TOMLError) -> TOMLTableNode {
    var table = self
    for key in path {
      guard let existing = table.entry(key.name) else {
        let next = TOMLTableNode(origin: .implied, position: key.position)
        table.append(key, .table(next))
        table = next
        continue
      }
      switch existing.node {
      case .table(let next) where next.origin != .inline:
        table = next
      case .tables(let tables):
        table = tables.last
      case .table, .value:
        throw Self.redefinition(of: key, first: existing.key)
      }
    }
    return table
  }

  private static func redefinition(of key: TOMLKey, first: TOMLKey) -> TOMLError {
    TOMLError("`\(key.name)` is already defined in line \(first.position.line)", at: key.position)
  }
}

/// An array of tables while the text is being read.
final class TOMLTablesNode {
  let first: TOMLTableNode
  var later: [TOMLTableNode] = []
  let position: TOMLPosition

  init(first: TOMLTableNode, position: TOMLPosition) {
    self.first = first
    self.position = position
  }

  var last: TOMLTableNode { later.last ?? first }
  var all: [TOMLTableNode] { [first] + later }
}

/// What stands under a key while the text is being read.
enum TOMLNode {
  case value(TOMLValue)
  case table(TOMLTableNode)
  case tables(TOMLTablesNode)

  var frozen: TOMLValue {
    switch self {
    case .value(let value):
      value
    case .table(let table):
      TOMLValue(.table(table.frozen), position: table.position)
    case .tables(let tables):
      TOMLValue(
        .array(tables.all.map { TOMLValue(.table($0.frozen), position: $0.position) }),
        position: tables.position)
    }
  }
}

/// What is known of the facets of one object, by facet.
///
/// An object has a handful of facets: looking through them one by one takes less time and less memory than hashing them,
/// and they keep the order in which they were told.
struct FacetTable<Value: Sendable>: Sendable, Sequence {
  private var entries: [(key: Facet, value: Value)] = []

  init() {}

  /// Whether no facet has a value.
  var isEmpty: Bool { entries.isEmpty }

  /// The facets that have a value, in the order in which they came.
  var keys: [Facet] { entries.map(\.key) }

  /// The value of a facet; nil if it has none.
  subscript(facet: Facet) -> Value? {
    get { place(of: facet).map { entries[$0].value } }
    set {
      switch (place(of: facet), newValue) {
      case (let place?, let value?): entries[place].value = value
      case (let place?, nil): entries.remove(at: place)
      case (nil, let value?): entries.append((facet, value))
      case (nil, nil): break
      }
    }
  }

  /// The value of a facet, to be changed where it stands; a facet without one gets `initial` first.
  subscript(facet: Facet, default initial: @autoclosure () -> Value) -> Value {
    get { self[facet] ?? initial() }
    _modify {
      let place = place(of: facet) ?? entries.endIndex
      if place == entries.endIndex { entries.append((facet, initial())) }
      yield &entries[place].value
    }
  }

  func makeIterator() -> IndexingIterator<[(key: Facet, value: Value)]> { entries.makeIterator() }

  /// The facets whose values meet a condition.
  func filter(_ isIncluded: (Element) -> Bool) -> FacetTable {
    var table = FacetTable()
    table.entries = entries.filter(isIncluded)
    return table
  }

  private func place(of facet: Facet) -> Int? { entries.firstIndex { $0.key == facet } }
}

extension FacetTable: ExpressibleByDictionaryLiteral {
  init(dictionaryLiteral elements: (Facet, Value)...) {
    for (facet, value) in elements { self[facet] = value }
  }
}

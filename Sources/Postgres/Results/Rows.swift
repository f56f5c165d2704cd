/// The rows of a result, all with the same columns.
///
/// All values of all rows lie in one buffer, so that a large result costs two allocations, not one for each value.
public struct Rows: Sendable, RandomAccessCollection {
  let storage: RowStorage

  init(storage: RowStorage) { self.storage = storage }

  /// Creates an empty collection without columns.
  public init() { storage = .empty }

  /// Creates rows from texts, with nil for NULL; each row must hold one value for each column.
  ///
  /// For tests and for results that do not come from a server. Missing values count as NULL, surplus ones are dropped.
  public init(columns: [String], _ rows: [[String?]]) {
    var values = RowStorage.Values()
    for row in rows {
      for column in columns.indices {
        if column < row.count, let text = row[column] {
          values.append(text.utf8)
        } else {
          values.appendNull()
        }
      }
    }
    storage = RowStorage(columns: ColumnSet(columns.map { ColumnDescription(name: $0) }), values: values)
  }

  /// The columns that each row has.
  public var columns: [ColumnDescription] { storage.columns.descriptions }

  /// The position of the first row.
  public var startIndex: Int { 0 }
  /// The position after the last row.
  public var endIndex: Int { storage.rowCount }
  /// The row at a position.
  public subscript(position: Int) -> Row { Row(storage: storage, index: position) }
}

extension Rows: Hashable {
  /// Whether two results have the same columns and the same values.
  public static func == (left: Rows, right: Rows) -> Bool {
    left.columns == right.columns && left.storage.values == right.storage.values
  }

  /// Feeds columns and values into a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(columns)
    hasher.combine(storage.values)
  }
}

/// The values of a result in one buffer, shared by all rows.
final class RowStorage: Sendable {
  /// Values one after the other: the bytes of all, and where each one ends.
  struct Values: Sendable, Hashable {
    private(set) var bytes: [UInt8] = []
    /// The end of each value in `bytes`; a negative number marks NULL and holds the end as its complement.
    private(set) var ends: [Int] = []

    mutating func append(_ value: some Sequence<UInt8>) {
      bytes.append(contentsOf: value)
      ends.append(bytes.count)
    }

    mutating func appendNull() { ends.append(~bytes.count) }

    func range(_ index: Int) -> Range<Int>? {
      let end = ends[index]
      if end < 0 { return nil }
      let start = index == 0 ? 0 : ends[index - 1]
      return (start < 0 ? ~start : start)..<end
    }
  }

  /// That of every statement that gives no rows.
  static let empty = RowStorage(columns: ColumnSet([]), values: Values())

  let columns: ColumnSet
  let values: Values
  let rowCount: Int

  init(columns: ColumnSet, values: Values) {
    self.columns = columns
    self.values = values
    rowCount = columns.descriptions.isEmpty ? 0 : values.ends.count / columns.descriptions.count
  }

  func bytes(row: Int, column: Int) -> ArraySlice<UInt8>? {
    values.range(row * columns.descriptions.count + column).map { values.bytes[$0] }
  }
}

/// The columns of a result, with the way from a name to its place; shared by all rows, also when they come one by one.
final class ColumnSet: Sendable {
  let descriptions: [ColumnDescription]
  private let indexByName: [String: Int]

  init(_ descriptions: [ColumnDescription]) {
    self.descriptions = descriptions
    indexByName = Dictionary(
      descriptions.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  /// The place of the first column of a name.
  func index(of name: String) -> Int? { indexByName[name] }
}

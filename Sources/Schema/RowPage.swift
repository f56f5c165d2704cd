/// Some rows of a relation, as texts.
public struct RowPage: Sendable, Hashable {
  /// The relation.
  public var relation: ObjectIdentity
  /// The names of the columns, in order.
  public var columns: [String]
  /// The values of each row, in the order of the columns; nil for NULL.
  ///
  /// Long ones end in `…`.
  public var rows: [[String?]]
  /// How many rows were passed over.
  public var offset: Int
  /// Whether there are more rows behind these.
  public var hasMore: Bool
  /// The columns of the key that the rows are ordered by; without one they come as the server finds them.
  public var order: [String]

  /// Makes a page from its parts.
  public init(
    relation: ObjectIdentity, columns: [String], rows: [[String?]], offset: Int = 0, hasMore: Bool = false,
    order: [String] = []
  ) {
    self.relation = relation
    self.columns = columns
    self.rows = rows
    self.offset = offset
    self.hasMore = hasMore
    self.order = order
  }
}

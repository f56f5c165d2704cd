/// What the catalog says of a sequence.
public struct SequenceDetail: Sendable, Hashable {
  /// The column that it numbers, and with which it is dropped.
  public var ownedBy: ObjectIdentity?
  /// Whether it came with an identity column.
  public var isIdentity: Bool

  /// Makes the detail from its parts.
  public init(ownedBy: ObjectIdentity? = nil, isIdentity: Bool = false) {
    self.ownedBy = ownedBy
    self.isIdentity = isIdentity
  }
}

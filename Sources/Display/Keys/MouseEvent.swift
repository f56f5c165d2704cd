/// Something done with the mouse, as a terminal reports it.
public struct MouseEvent: Sendable, Hashable {
  /// What was done.
  public var kind: Kind
  /// The cell that it was done at.
  public var point: Point

  /// Makes an event from its parts.
  public init(_ kind: Kind, at point: Point) {
    self.kind = kind
    self.point = point
  }

  /// What can be done.
  public enum Kind: Sendable, Hashable {
    /// The left button was pressed.
    case press
    /// The wheel was turned away from the hand.
    case wheelUp
    /// The wheel was turned towards the hand.
    case wheelDown
  }
}

import Display

/// When the panes that follow the cursor are drawn: with every key, but not with each of many, and over a slow link only
/// when the keys rest.
///
/// Until then the row under the cursor moves on alone: that is a few hundred bytes a key instead of a few thousand.
public struct FollowingPace: Sendable, Hashable {
  /// Keys that come faster than this are of one movement, in seconds; terminals repeat a held key every 25 to 90 ms.
  static let rest = 0.1
  /// How long the panes may stay behind, in seconds; the next key brings them forth, which comes within the rest.
  static let longest = 0.2

  private let isLinkSlow: Bool
  private var lastKey: Double?
  private var behindSince: Double?

  /// Nothing has been typed yet.
  ///
  /// - Parameter isLinkSlow: Whether a key waits for its echo behind what the keys before it have sent.
  public init(isLinkSlow: Bool = false) { self.isLinkSlow = isLinkSlow }

  /// When what stayed behind must be drawn, in the clock of `now`; nil if nothing did.
  public var deadline: Double? {
    // While keys come, the panes come with one of them: between two keys they would delay the echo of the next.
    behindSince == nil ? nil : lastKey.map { $0 + Self.rest }
  }

  /// Whether the panes stay behind in the frame that is drawn now.
  ///
  /// - Parameter isKey: Whether it is drawn because of a key.
  public mutating func staysBehind(isKey: Bool, now: Double) -> Bool {
    let isMoving = lastKey.map { now < $0 + Self.rest } ?? false
    if isKey { lastKey = now }
    // What else happens meanwhile does not bring them forth, or a run's events would.
    let stays =
      (isKey ? isMoving || isLinkSlow : isMoving && behindSince != nil)
      && now < (behindSince ?? now) + Self.longest
    behindSince = stays ? behindSince ?? now : nil
    return stays
  }
}

/// A request that has no answer yet.
struct AwaitedRequest: Sendable, Hashable {
  var request: ScreenRequest
  /// Tells the answer to it from answers to older ones.
  var number: Int
  /// When it was sent, in seconds since 1970.
  var since: Double
}

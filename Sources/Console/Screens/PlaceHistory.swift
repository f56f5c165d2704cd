/// A place in the console: a screen, and what the cursor was on there.
struct Place: Sendable, Hashable {
  var screen: Screen
  var subject: Subject?
}

/// The places that the operator came from, and those that were left by going back.
struct PlaceHistory: Sendable, Hashable {
  private(set) var back: [Place] = []
  private(set) var forward: [Place] = []
  /// More than anybody remembers.
  static let limit = 100

  /// Notes the place that is about to be left for a new one.
  mutating func leave(_ place: Place) {
    if back.last != place { back.append(place) }
    if back.count > Self.limit { back.removeFirst() }
    forward = []
  }

  /// The place to go back to; `place` is where one is.
  mutating func goBack(from place: Place) -> Place? {
    guard let target = back.popLast() else { return nil }
    forward.append(place)
    return target
  }

  /// The place to go forward to; `place` is where one is.
  mutating func goForward(from place: Place) -> Place? {
    guard let target = forward.popLast() else { return nil }
    back.append(place)
    return target
  }
}

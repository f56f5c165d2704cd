import Migrations
import Schema

/// Going from screen to screen, and what screens ask for.
extension Reduction {
  /// Where the operator is.
  var place: Place { Place(screen: state.screen, subject: state.shown.subject(state)) }

  /// Shows a screen, so that `[` leads back to where the operator was.
  mutating func show(_ screen: Screen) {
    guard screen != state.screen else { return }
    state.places.leave(place)
    enter(screen)
  }

  /// Shows a screen with its cursor on a subject; says so if there is no such thing.
  mutating func jump(to subject: Subject, on screen: Screen) {
    let here = place
    let before = state.screen
    enter(screen)
    guard state.shown.show(subject, &self) else {
      enter(before)
      refuse("\(screen.title) does not show \(subject.phrase)")
      return
    }
    state.places.leave(here)
  }

  mutating func goBack() {
    if let target = state.places.goBack(from: place) { enter(target) }
  }

  mutating func goForward() {
    if let target = state.places.goForward(from: place) { enter(target) }
  }

  /// Goes to the migration that made what the cursor is on, or touched it last.
  mutating func jumpToMigration() {
    if let id = state.shown.migrationUnderCursor(state) { jump(to: .migration(id), on: .rollout) }
  }

  /// Asks the target for something; what was asked before in the same slot is not awaited any more.
  mutating func load(_ request: ScreenRequest) {
    state.requests += 1
    state.awaited[request.slot] = AwaitedRequest(request: request, number: state.requests, since: now)
    effects.append(.load(request, number: state.requests))
  }

  /// Takes an answer, unless something newer is awaited instead or the target is another one.
  mutating func take(
    _ answer: Result<ScreenAnswer, Trouble>, to request: ScreenRequest, number: Int
  ) {
    guard let awaited = state.awaited[request.slot], awaited.number == number else { return }
    state.awaited[request.slot] = nil
    guard let parts = Screen.parts.first(where: { $0.screen == request.screen }) else { return }
    if case .failure(let trouble) = answer, request != .rollout(.activity) { note(trouble) }
    parts.take(answer, to: request, &self)
  }

  /// Holds what all screens show for outdated, and asks anew for what is in sight.
  mutating func readScreensAnew() {
    state.awaited = [:]
    for parts in Screen.parts { parts.forget(&self) }
    state.shown.appear(&self)
  }

  private mutating func enter(_ screen: Screen) {
    state.isFiltering = false
    state.screen = screen
    state.shown.appear(&self)
  }

  private mutating func enter(_ place: Place) {
    enter(place.screen)
    // What is gone meanwhile leaves the cursor where it was.
    if let subject = place.subject { _ = state.shown.show(subject, &self) }
  }
}

extension ConsoleState {
  /// Whether an answer in a slot is awaited.
  func isAwaiting(_ slot: ScreenRequest.Slot) -> Bool { awaited[slot] != nil }
}

extension Subject {
  /// The subject in words.
  var phrase: String {
    switch self {
    case .migration(let id): id.rawValue
    case .object(let object): object.phrase
    case .row(let name): name
    }
  }
}

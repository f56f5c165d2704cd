import Migrations

/// Going to another target of the project.
extension Reduction {
  mutating func chooseTarget() {
    let place = state.declaredTargets.firstIndex { $0.name == state.options.target } ?? 0
    state.overlays.append(.targets(TargetsOverlay(cursor: place)))
  }

  /// Goes to the target under the cursor.
  mutating func keepTarget() {
    guard case .targets(let overlay) = state.overlays.last else { return }
    closeOverlay()
    let targets = state.declaredTargets
    if targets.indices.contains(overlay.cursor) { go(to: targets[overlay.cursor]) }
  }

  mutating func go(toTargetNamed name: String?) {
    guard state.switching == .available else {
      refuse(state.switching.reason ?? "")
      return
    }
    guard let target = state.declaredTargets.first(where: { $0.name == name }) else {
      let names = state.declaredTargets.map(\.name).joined(separator: ", ")
      refuse("there is no target “\(name ?? "")”: \(names)")
      return
    }
    go(to: target)
  }

  /// Leaves everything that is known of the target before: nothing of it may be taken for the other.
  private mutating func go(to target: TargetDeclaration) {
    guard target.name != state.options.target else { return }
    state.options.target = target.name
    state.options.label = target.label
    state.options.colour = target.colour
    state.options.isProtected = target.isProtected
    state.connection = .connecting(since: now)
    state.statusLoading = .notAsked
    state.statuses = StatusBook()
    state.catalog = nil
    state.run = nil
    state.rollout.breakpoints = []
    choose([])
    for parts in Screen.parts { parts.leaveTarget(&self) }
    state.awaited = [:]
    note(.information, "going to \(target.name)")
    effects.append(.switchTarget(target.name))
  }
}

extension ConsoleState {
  /// Whether another target can be gone to.
  var switching: ConsoleCommand.Availability {
    if isRunning { return .unavailable("a run is going on") }
    if model == nil { return .unavailable("the project is not read") }
    return declaredTargets.isEmpty
      ? .unavailable("the project file declares no targets", isOffered: false) : .available
  }
}

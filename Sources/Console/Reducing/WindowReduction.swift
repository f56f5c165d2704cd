import Display
import Migrations

/// Windows over the panes: opening, scrolling, closing, answering.
extension Reduction {
  mutating func showHelp() { state.overlays.append(.help(HelpOverlay(context: state.context))) }

  mutating func closeOverlay() { _ = state.overlays.popLast() }

  /// Goes one step back; never further than to the panes.
  mutating func escape() {
    switch state.overlays.last {
    case .help(var help) where !help.search.isEmpty:
      help.search = ""
      help.scroll = 0
      state.overlays[state.overlays.count - 1] = .help(help)
    case .themes(let overlay):
      state.themeIndex = overlay.original
      closeOverlay()
    case .confirmation(let question):
      closeOverlay()
      // A run that was asked for with one key is declined with one key.
      if case .startRun = question.deed, case .plan(let plan) = state.overlays.last, plan.mode != nil {
        closeOverlay()
      }
    default: closeOverlay()
    }
  }

  mutating func chooseTheme() {
    state.overlays.append(.themes(ThemesOverlay(original: state.themeIndex)))
  }

  mutating func offerAdoption() {
    let migrations = state.statuses.adoptable
    if let name = state.confirmationName {
      state.overlays.append(
        .confirmation(
          Confirmation(
            title: "Adopt \(Amounts.count(migrations.count, "migration"))?",
            lines: [
              "They are recorded as applied on \(state.targetName); nothing is run.",
              "\(migrations.first?.rawValue ?? "") to \(migrations.last?.rawValue ?? "")",
            ], verb: "adopt", deed: .adopt(migrations), name: name)))
    } else {
      state.overlays.append(.adoption(AdoptionOverlay(migrations: migrations)))
    }
  }

  mutating func confirm() {
    switch state.overlays.last {
    case .adoption(let overlay):
      closeOverlay()
      effects.append(.adopt(overlay.migrations))
    case .confirmation(var question):
      closeOverlay()
      if question.acknowledgements.isEmpty {
        carryOut(question.deed)
      } else {
        question.acknowledgements.removeFirst()
        question.typed = ""
        state.overlays.append(.confirmation(question))
      }
    default: break
    }
  }

  mutating func quit() {
    guard state.isRunning else {
      effects.append(.quit)
      return
    }
    if case .confirmation(let question) = state.overlays.last, question.deed.isQuitting { return }
    let question =
      state.quitsAfterRun
      ? Confirmation(
        title: "Quit without waiting for the end of the run?",
        lines: [
          "The run was told to end, but the server has not confirmed it. If the connection goes, the server rolls "
            + "the open transaction back by itself; the next start tells how it ended."
        ], verb: "quit at once", deed: .quitAtOnce)
      : Confirmation(
        title: "Abort the run and quit?",
        lines: [
          "A run is going on. Quitting cancels what runs, rolls the open transaction back, waits until the server "
            + "has done so, and leaves."
        ], verb: "abort and quit", deed: .quit)
    state.overlays.append(.confirmation(question))
  }

  /// Does what the command under the palette's cursor does.
  mutating func runPalette() {
    guard case .palette(let palette) = state.overlays.last else { return }
    let commands = state.commands(of: palette)
    closeOverlay()
    if commands.indices.contains(palette.cursor) { carryOut(commands[palette.cursor]) }
  }

  mutating func scrollOverlay(_ movement: Movement) {
    guard let overlay = state.overlays.last else { return }
    if case .themes = overlay {
      let wanted = state.themeIndex + movement.distance(height: state.themes.count)
      state.themeIndex = min(max(0, wanted), state.themes.count - 1)
      return
    }
    if case .diagram(var diagram) = overlay {
      diagram.move(movement, height: state.overlayHeight)
      state.overlays[state.overlays.count - 1] = .diagram(diagram)
      return
    }
    let distance = movement.distance(height: state.overlayHeight)
    if case .targets(var targets) = overlay {
      let last = max(0, state.declaredTargets.count - 1)
      targets.cursor = min(max(0, targets.cursor + distance), last)
      state.overlays[state.overlays.count - 1] = .targets(targets)
      return
    }
    if case .palette(var palette) = overlay {
      palette.cursor = min(max(0, palette.cursor + distance), max(0, state.commands(of: palette).count - 1))
      state.overlays[state.overlays.count - 1] = .palette(palette)
      return
    }
    state.overlays[state.overlays.count - 1] = overlay.scrolled(by: distance)
  }

  private mutating func carryOut(_ deed: Confirmation.Deed) {
    switch deed {
    case .startRun(let plan, let mode): start(plan, mode: mode)
    case .adopt(let ids): effects.append(.adopt(ids))
    case .send(let command): tell(command)
    case .load(let request): load(request)
    case .quit:
      guard state.isRunning else {
        effects.append(.quit)
        return
      }
      state.quitsAfterRun = true
      tell(.abort)
    case .quitAtOnce: effects.append(.quit)
    }
  }
}

extension Confirmation.Deed {
  var isQuitting: Bool {
    switch self {
    case .quit, .quitAtOnce: true
    case .startRun, .adopt, .send, .load: false
    }
  }
}

extension Overlay {
  /// The window with its text moved; ``Reduction/settle()`` keeps it within its ends.
  func scrolled(by distance: Int) -> Overlay {
    switch self {
    case .help(var overlay):
      overlay.scroll += distance
      return .help(overlay)
    case .plan(var overlay):
      overlay.scroll += distance
      return .plan(overlay)
    case .statement(var overlay):
      overlay.scroll += distance
      return .statement(overlay)
    case .adoption(var overlay):
      overlay.scroll += distance
      return .adoption(overlay)
    case .failure(var overlay):
      overlay.scroll += distance
      return .failure(overlay)
    case .unverified(let id, let evidence, let scroll):
      return .unverified(id, evidence, scroll: scroll + distance)
    case .summary(let scroll): return .summary(scroll: scroll + distance)
    case .log(let fromEnd): return .log(fromEnd: fromEnd - distance)
    case .text(var overlay):
      overlay.scroll += distance
      return .text(overlay)
    case .rows(var overlay):
      overlay.cursor += distance
      return .rows(overlay)
    case .replay(var overlay):
      overlay.nextAt = nil
      overlay.cursor += distance
      return .replay(overlay)
    case .themes, .confirmation, .palette, .targets, .diagram: return self
    }
  }

  /// How many lines are hidden above what is visible.
  var scroll: Int {
    switch self {
    case .help(let overlay): overlay.scroll
    case .plan(let overlay): overlay.scroll
    case .statement(let overlay): overlay.scroll
    case .adoption(let overlay): overlay.scroll
    case .failure(let overlay): overlay.scroll
    case .unverified(_, _, let scroll): scroll
    case .summary(let scroll): scroll
    case .log(let fromEnd): fromEnd
    case .text(let overlay): overlay.scroll
    case .rows(let overlay): overlay.cursor
    case .replay(let overlay): overlay.cursor
    case .diagram(let overlay): overlay.top
    case .themes, .confirmation, .palette, .targets: 0
    }
  }
}

extension [Text] {
  /// The lines of SQL, made harmless once and for all.
  init(sql: String) { self = Text.lines(foreign: sql) }
}

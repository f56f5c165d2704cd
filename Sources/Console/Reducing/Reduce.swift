/// Works out what an action makes of a state, and what must be done outside.
///
/// A pure function: the same state, action and time always give the same answer.
///
/// - Parameter now: The time in seconds since 1970, UTC.
public func reduce(
  _ state: ConsoleState, _ action: ConsoleAction, now: Double
) -> (state: ConsoleState, effects: [ConsoleEffect]) {
  var reduction = Reduction(state: state, now: now)
  reduction.take(action)
  reduction.settle()
  return (reduction.state, reduction.effects)
}

/// A state on its way to the next, with the effects collected so far.
struct Reduction: Sendable {
  var state: ConsoleState
  var effects: [ConsoleEffect] = []
  let now: Double

  init(state: ConsoleState, now: Double) {
    self.state = state
    self.state.now = now
    self.now = now
  }

  mutating func take(_ action: ConsoleAction) {
    switch action {
    case .key(let key): press(key)
    case .mouse(let event): take(event)
    case .line(let line): take(line: line)
    case .row(let row): take(spokenRow: row)
    case .filesChanged: takeFileChange()
    case .resized(let size): state.size = size
    case .tick:
      watchRun()
      state.shown.wake(&self)
    case .themesLoaded(let themes): takeThemes(themes)
    case .projectLoaded(let project, let graph): takeProject(ProjectModel(project: project, graph: graph))
    case .projectFailed(let problems): takeProjectFailure(problems)
    case .connected(let server): takeConnection(server)
    case .connectionFailed(let trouble): takeConnectionFailure(trouble)
    case .statusesLoaded(let statuses, let findings, let catalog):
      takeStatuses(StatusBook(statuses, findings: findings), findings, catalog)
    case .statusesFailed(let trouble): takeStatusFailure(trouble)
    case .planComputed(let plan, let request): takePlan(plan, request: request)
    case .accessForetold(let forecast, let request): takeAccess(forecast, request: request)
    case .planLinted(let findings, let request): takeLints(findings, request: request)
    case .configured(let configuration): take(configuration)
    case .planFailed(let trouble, let request): takePlanFailure(trouble, request: request)
    case .runEvent(let event): takeRunEvent(event)
    case .runEnded(let trouble): takeRunEnd(trouble)
    case .adopted(let ids): takeAdoption(ids)
    case .answered(let request, let number, let answer): take(answer, to: request, number: number)
    case .failed(let trouble): note(trouble)
    }
  }

  /// Writes a line into the log.
  mutating func note(_ kind: Log.Kind, _ text: String) { state.log.add(kind, text, at: now) }

  /// Says in the line of the hints why a key does nothing; the next key takes it away.
  mutating func refuse(_ reason: String) { state.refusal = reason }

  /// Writes what went wrong into the log.
  mutating func note(_ trouble: Trouble) {
    note(.error, trouble.message)
    if let advice = trouble.advice { note(.information, advice) }
  }
}

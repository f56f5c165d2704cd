import Migrations
import Schema
import Script

/// Decides which migrations are in, and what proves it (see ``EvidenceJudge`` for the reasoning).
struct EvidenceSolver {
  /// What is known of a migration on the way.
  enum Standing: Sendable {
    case unknown
    /// It is in.
    case included
    /// It is not.
    case excluded
    /// Its own objects contradict each other, so that nothing follows for others.
    case mixed
  }

  /// What a change point says of its migration.
  enum Verdict {
    /// The catalog shows what the migration left.
    case found
    /// The catalog shows something else.
    case wrong
    /// It proves nothing: a later migration changed it again, or it would be so without the migration.
    case silent
    /// The catalog shows something else, and the migration would not change it where something is missing.
    case unasked
  }

  private var variables: [ObjectIdentity: [FacetVariable]] = [:]
  private var standings: [Standing]
  /// The migrations that have changed any object.
  private let telling: [Int]
  /// Whether a migration that is out also rules out that later ones have changed the same object.
  private var assumesOrder = false
  /// The migrations whose objects were not there before they made them, although they allow for it.
  private var presumedNew: Set<Int> = []

  /// Takes in what the files say and what the catalog shows; `included` are migrations that are in without a doubt.
  init(_ timelines: Timelines, _ observation: Observation, included: Set<Int>) {
    standings = timelines.touches.indices.map { included.contains($0) ? .included : .unknown }
    var isTelling = [Bool](repeating: false, count: standings.count)
    variables.reserveCapacity(timelines.facets.count)
    for (object, facets) in timelines.facets {
      variables[object] = facets.map { facet, timeline in
        for point in timeline.points { isTelling[point.migration] = true }
        return FacetVariable(object: object, facet: facet, timeline: timeline, observation)
      }
    }
    telling = isTelling.indices.filter { isTelling[$0] }
  }

  /// Takes in only what concerns some objects; which migrations are in is known, so that nothing needs to be concluded.
  init(
    _ timelines: Timelines, _ observation: Observation, objects: Set<ObjectIdentity>,
    isIncluded: (Int) -> Bool
  ) {
    assumesOrder = true
    telling = []
    var known = [Standing](repeating: .unknown, count: timelines.touches.count)
    for object in objects {
      variables[object] = (timelines.facets[object] ?? [:]).map { facet, timeline in
        for point in timeline.points where known[point.migration] == .unknown {
          known[point.migration] = isIncluded(point.migration) ? .included : .excluded
        }
        return FacetVariable(object: object, facet: facet, timeline: timeline, observation)
      }
    }
    standings = known
  }

  /// Draws conclusions until nothing new follows: first those that hold whatever was applied and whatever was there
  /// before; then those that hold if nothing changed an object before it was made; last, for migrations of which nothing
  /// is known yet, those that hold if nothing was there before.
  mutating func solve() {
    conclude()
    assumesOrder = true
    conclude()
    presumedNew = Set(standings.indices.filter { standings[$0] == .unknown })
    conclude()
  }

  /// The same where migrations of which nothing is known are taken to be in if a later one is; nil if that can tell nothing
  /// of those behind the last that is in.
  ///
  /// Whoever applies the migrations in order has applied them: a table that one of them made and that is not there was
  /// dropped by the only one that drops it.
  func presumingOrder() -> EvidenceSolver? {
    guard let last = standings.lastIndex(of: .included) else { return nil }
    var concerned: [Int: [FacetVariable]] = [:]
    for variable in variables.values.joined() {
      for migration in Set(variable.timeline.points.map(\.migration)) where standings[migration] == .unknown {
        concerned[migration, default: []].append(variable)
      }
    }
    guard concerned.keys.contains(where: { $0 > last }) else { return nil }
    let undecided = concerned.filter { $0.key < last }.sorted { $0.key < $1.key }
    guard !undecided.isEmpty else { return nil }
    var presuming = self
    for (migration, variables) in undecided { presuming.presume(migration, variables) }
    presuming.conclude()
    return presuming
  }

  /// The migrations behind the last that is in of which nothing is known.
  var undecidedAtTheEnd: [Int] {
    guard let last = standings.lastIndex(of: .included) else { return [] }
    return standings.indices.filter { $0 > last && standings[$0] == .unknown }
  }

  /// Takes a migration to be in unless something in the catalog contradicts it.
  private mutating func presume(_ migration: Int, _ concerned: [FacetVariable]) {
    let explained = concerned.filter { !feasible($0).isEmpty }
    standings[migration] = .included
    if explained.contains(where: { feasible($0).isEmpty }) { standings[migration] = .unknown }
  }

  private mutating func conclude() {
    var isSettled = false
    // Where everything is told already, nothing follows for anybody.
    while !isSettled, telling.contains(where: { standings[$0] == .unknown }) {
      isSettled = true
      for (migration, count) in votes() where standings[migration] == .unknown {
        // A few objects that somebody took away by hand do not turn a migration over; one object that nothing but the
        // migration can have left is enough that it is not simply out.
        // What is not there because what it is on is gone speaks against it only where nothing speaks for it.
        let isMostlyThere = count.found >= 3 * count.wrong
        standings[migration] = count.found == 0 ? .excluded : isMostlyThere ? .included : .mixed
        isSettled = false
      }
    }
  }

  /// How many objects speak for and against each migration.
  private func votes() -> [Int: (found: Int, wrong: Int)] {
    var votes: [Int: (found: Int, wrong: Int)] = [:]
    for variables in variables.values {
      var verdicts: [Int: Verdict] = [:]
      for variable in variables {
        let feasible = feasible(variable)
        guard !feasible.isEmpty else { continue }
        for number in 1...variable.timeline.points.count {
          let migration = variable.migration(number)
          switch verdict(variable, number, feasible) {
          case .found where variable.isOfWholeServer: break
          case .found: if verdicts[migration] == nil { verdicts[migration] = .found }
          case .wrong:
            let isAsked = variable.absentHost(in: migration) == nil
            if isAsked || verdicts[migration] == nil { verdicts[migration] = isAsked ? .wrong : .unasked }
          case .silent, .unasked: break
          }
        }
      }
      for (migration, verdict) in verdicts {
        if verdict == .found { votes[migration, default: (0, 0)].found += 1 }
        if verdict == .wrong { votes[migration, default: (0, 0)].wrong += 1 }
        if verdict == .unasked { votes[migration, default: (0, 0)].wrong += 0 }
      }
    }
    return votes
  }

  /// What the catalog says of one object that a migration changes; nil if it proves nothing for that migration.
  ///
  /// `names` gives the names of migrations, for the words in which objects differ.
  func verdict(
    of object: ObjectIdentity, in migration: Int, _ names: (Int) -> String
  ) -> (verdict: EvidenceItem.Verdict, absentHost: ObjectIdentity?)? {
    var isFound = false
    var wrong: [FacetVariable] = []
    for variable in variables[object] ?? [] {
      switch finalVerdict(variable, in: migration) {
      case .found: isFound = true
      case .wrong: wrong.append(variable)
      case .silent, .unasked: break
      }
    }
    let first = wrong.min { $0.facet.rank < $1.facet.rank }
    guard let first else { return isFound ? (.found, nil) : nil }
    let host = first.absentHost(in: migration)
    if host != nil, standings[migration] == .included { return nil }
    if first.facet == .existence || first.actual == .absent { return (.missing, host) }
    return (.differs(first.difference(in: migration, names)), host)
  }

  // MARK: Candidates

  /// The candidates that what is known of the migrations leaves.
  ///
  /// What the whole server has in common may also be as a migration leaves it that is not in here, but in another database.
  private func feasible(_ variable: FacetVariable) -> [Int] {
    let points = variable.timeline.points
    // Mostly none is ruled out, so that the list is taken as it is.
    let possible =
      variable.candidates.allSatisfy { isPossible($0, of: variable) }
      ? variable.candidates : variable.candidates.filter { isPossible($0, of: variable) }
    guard assumesOrder, !variable.isOfWholeServer, possible.count > 1 else { return possible }
    let ordered = possible.filter { number in
      !points[..<number].contains { standings[$0.migration] == .excluded }
    }
    return ordered.isEmpty ? possible : ordered
  }

  /// Whether what is known of the migrations leaves it open that the history stopped at this value.
  private func isPossible(_ number: Int, of variable: FacetVariable) -> Bool {
    if !variable.isOfWholeServer {
      if number > 0, standings[variable.migration(number)] == .excluded { return false }
      if number == 0, variable.mayBeOlder, presumedNew.contains(variable.migration(1)) { return false }
    }
    return !variable.timeline.points[number...].contains { standings[$0.migration] == .included }
  }

  private func verdict(_ variable: FacetVariable, _ number: Int, _ feasible: [Int]) -> Verdict {
    if feasible.allSatisfy({ $0 < number }) { return .wrong }
    let stillHolds = feasible.allSatisfy { last in
      last >= number && (number..<last).allSatisfy { variable.value($0 + 1) == .unknown }
    }
    return stillHolds ? .found : .silent
  }

  private func finalVerdict(_ variable: FacetVariable, in migration: Int) -> Verdict {
    let feasible = feasible(variable)
    if variable.isOfWholeServer, !isIn(migration) {
      // It can show that the migration is not in, but not that it is.
      let place = variable.timeline.points.firstIndex { $0.migration == migration }
      guard let place, !feasible.isEmpty else { return .silent }
      return verdict(variable, place + 1, feasible) == .wrong ? .wrong : .silent
    }
    let place = variable.timeline.points.firstIndex { $0.migration == migration }
    guard let place else {
      return feasible.isEmpty && toBlame(for: variable) == migration ? .wrong : .silent
    }
    let value = variable.value(place + 1)
    guard value != .unknown else {
      // It may have made or dropped the object; where nothing else can have done it, the catalog shows that it has.
      let before = variable.value(place)
      let isTold =
        variable.facet == .existence && before != .unknown && variable.actual != .unknown
        && variable.actual != before
      return isTold && verdict(variable, place + 1, feasible) == .found ? .found : .silent
    }
    if feasible.isEmpty {
      guard let blamed = toBlame(for: variable) else { return .wrong }
      return migration == blamed || (migration > blamed && variable.actual != value) ? .wrong : .silent
    }
    let verdict = verdict(variable, place + 1, feasible)
    switch verdict {
    case .found where variable.actual == .unknown,
      .found where !variable.facet.isExact && variable.actual != value:
      // Nothing contradicts it, but nothing shows it either.
      return .silent
    case .wrong where variable.actual == .unknown && variable.object.kind == .grant:
      // Whoever owns what it is on has the right with the grant and without it.
      return .silent
    case .wrong where variable.actual == value && value != .absent:
      // It is as the migration would leave it, for another reason.
      return .silent
    default:
      return verdict
    }
  }

  /// Where the catalog contradicts what is known: the last migration that should have had a say; nil if none should.
  ///
  /// `CREATE OR REPLACE` says all of a function, so the one to blame may be one that left this facet as it was.
  private func toBlame(for variable: FacetVariable) -> Int? {
    let isWhole = [.function, .procedure].contains(variable.object.kind)
    let related = isWhole ? variables[variable.object] ?? [] : [variable]
    return related.flatMap(\.timeline.points).map(\.migration).filter { migration in
      variable.isOfWholeServer ? isIn(migration) : standings[migration] != .excluded
    }.max()
  }

  /// Whether a migration is in, at least in part.
  private func isIn(_ migration: Int) -> Bool { [.included, .mixed].contains(standings[migration]) }
}

import Migrations
import Schema
import Script

/// Follows the objects of a database through the effects of the migrations, in order.
///
/// Says what each migration changes *given the ones before it*: an object that an earlier file has made and a later one
/// makes again with `IF NOT EXISTS` is not changed by the later one, and a `DROP` takes what hangs on the object along.
struct EffectFold {
  /// What the host gives before the first migration.
  let platform: Platform
  /// The parts of definitions that are followed.
  let altered: AlteredParts
  /// Whether the files give anything to another owner.
  let areOwnersFollowed: Bool
  /// The histories so far.
  var timelines = Timelines()

  var objects: [ObjectIdentity: TrackedObject] = [:]
  /// Objects that may have been there before the first migration, which allows for it.
  var perhapsThere: Set<ObjectIdentity> = []
  /// The constraints that constraint triggers are to the server.
  var constraintsOfTriggers: Set<ObjectIdentity> = []
  /// What the files say of rights on objects that are made later.
  var defaults = StatedDefaults()
  /// What may have been made under names that nobody knows before they are made.
  var possiblyMade = PossibleEffectIndex()
  /// The objects by their names, once somebody asks.
  var objectNames: ObjectNameIndex?

  /// Whether another role than the one that runs the files may own what is made from here on.
  var isOtherRole = false
  /// The settings of the session that say where what is made is kept, apart from their defaults.
  var settings: Set<String> = []

  // The migration at hand.
  var index = 0
  var before: [ObjectIdentity: TrackedObject] = [:]
  var touches: [Touch] = []
  var touchPlaces: [ObjectIdentity: Int] = [:]
  var renamed: Set<ObjectIdentity> = []
  /// The names that objects have got instead of others, in order.
  var renames: [NameChange] = []

  // The statement at hand.
  var statement: Statement?
  var position: SourcePosition?
  /// Where the statement stands, and under which names it speaks.
  var place = StatementPlacement()
  var needs: Set<ObjectIdentity> = []
  /// What must be there for the effect at hand to take place.
  var hosts: [ObjectIdentity] = []
  var skipped: Set<ObjectIdentity> = []
  var uncertain: Set<ObjectIdentity> = []
  /// What the statement gives another name.
  var renamedAway: Set<ObjectIdentity> = []
  var graveyard: [ObjectIdentity: [ObjectIdentity: TrackedObject]] = [:]
  /// Whether what is changed at the moment only follows from another change.
  var isImplied = false

  /// - Parameter objectCount: about how many objects the files name, if that is known.
  init(platform: Platform, altered: AlteredParts = AlteredParts(), objectCount: Int = 0) {
    objects.reserveCapacity(objectCount)
    timelines.facets.reserveCapacity(objectCount)
    self.platform = platform
    self.altered = altered
    areOwnersFollowed = altered.areOwnersFollowed
  }

  /// Follows the next migration.
  mutating func fold(_ script: ParsedScript) {
    before = [:]
    touches = []
    touchPlaces = [:]
    renamed = []
    for statement in script.statements {
      self.statement = statement
      position = statement.position
      place = StatementPlacement(
        migration: index, statement: statement.index, position: statement.position,
        searchPath: statement.searchPath)
      needs = Set(
        statement.effects.filter { $0.action == .uses && !$0.isLateBound && $0.object.kind != .enumValue }
          .map(\.object))
      skipped = []
      uncertain = []
      graveyard = [:]
      renamedAway = Set(statement.effects.compactMap(\.renamedFrom))
      followSession(statement)
      var open = statement.possibleEffects[...]
      for (place, effect) in statement.effects.enumerated() {
        while let possible = open.first, possible.place <= place {
          apply(possible)
          open.removeFirst()
        }
        apply(effect)
      }
      for possible in open { apply(possible) }
    }
    recordChanges()
    index += 1
  }

  /// The histories, once the last migration was followed.
  mutating func finish() -> Timelines {
    // By places, so that nobody else holds the table and nothing is copied.
    var place = timelines.facets.startIndex
    while place != timelines.facets.endIndex {
      timelines.facets.values[place].removeWhatTellsNothing()
      timelines.facets.formIndex(after: &place)
    }
    return timelines
  }

  // MARK: Changes

  private mutating func recordChanges() {
    var changed: [Touch] = []
    let dropped = touches.map(\.object).filter { objects[$0]?.existence == .absent && $0.canHaveParts }
    for var touch in touches {
      let isGone = objects[touch.object]?.existence == .absent
      if isGone, dropped.contains(where: { touch.object != $0 && touch.object.isPart(of: $0) }) {
        touch.isImplied = true
      }
      if renamed.contains(where: {
        touch.object != $0 && renamed.contains(touch.object) && touch.object.isPart(of: $0)
      }) {
        touch.isImplied = true
      }
      guard let old = before[touch.object], let new = objects[touch.object] else { continue }
      var isChanged = false
      for facet in [Facet.existence] + FacetReading.facets(of: touch.object.kind) + new.parts(and: old) {
        let (from, to) = (old.value(facet), new.value(facet))
        guard from != to else { continue }
        let start = FacetTimeline(initial: from, isInitialLikely: perhapsThere.contains(touch.object))
        timelines.facets[touch.object, default: [:]][facet, default: start].points
          .append(ChangePoint(migration: index, value: to, hosts: touch.hosts))
        isChanged = true
      }
      // A column that came with a renamed table and is not what the one before it was is proof as any other.
      let isOther = old.existence == .present && new.existence == .present
      guard isChanged, !touch.isImplied || isOther else { continue }
      touch.action =
        new.existence == .absent ? .drops : old.existence == new.existence ? .alters : touch.action
      changed.append(touch)
    }
    timelines.touches.append(changed)
  }

  mutating func set(_ object: ObjectIdentity, _ state: TrackedObject, by action: EffectAction) {
    if let place = touchPlaces[object] {
      touches[place].action = action
      touches[place].position = position
      touches[place].isImplied = touches[place].isImplied && isImplied
      if !touches[place].hosts.isEmpty { touches[place].hosts = hosts }
    } else {
      touchPlaces[object] = touches.count
      touches.append(
        Touch(object: object, action: action, position: position, isImplied: isImplied, hosts: hosts))
      before[object] = objects[object] ?? TrackedObject(existence: .absent)
    }
    if objects[object] == nil { objectNames?.insert(object) }
    objects[object] = state
  }

  mutating func change(
    _ object: ObjectIdentity, by action: EffectAction, _ body: (inout TrackedObject) -> Void
  ) {
    guard var state = objects[object] else { return }
    body(&state)
    set(object, state, by: action)
  }
}

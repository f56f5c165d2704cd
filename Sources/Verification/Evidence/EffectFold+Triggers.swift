import Schema
import Script

/// When triggers fire, on partitioned tables and the copies on their partitions; and what of them is no object of its own.
extension EffectFold {
  /// Turns all triggers of a table on or off, with the copies that its partitions have of them.
  mutating func changeTriggers(of table: ObjectIdentity, _ effect: Effect, isCertain: Bool) {
    guard let (mode, reachesPartitions) = PartChange.firingOfTriggers(effect) else { return }
    let triggers = objects.keys.filter {
      $0.kind == .trigger && $0.parent == table.name && $0.schema == table.schema
    }
    for trigger in triggers.sorted() {
      setFiring(of: trigger, to: isCertain ? .value(mode) : .unknown)
      if reachesPartitions { changeCopies(of: trigger, to: isCertain ? .value(mode) : .unknown) }
    }
  }

  /// Brings the copies of a trigger that the partitions of its table have, and theirs, to its own moment of firing.
  mutating func changeCopies(of trigger: ObjectIdentity, to mode: FacetValue) {
    guard let table = trigger.table, let parent = partitionedTable(table) else { return }
    for partition in inheritors(of: parent) {
      guard let schema = partition.schema else { continue }
      let copy = ObjectIdentity.trigger(schema, partition.name, trigger.name)
      setFiring(of: copy, to: mode)
      changeCopies(of: copy, to: mode)
    }
  }

  /// When a trigger fires that a statement makes: the copy that a partition gets fires as the one that it is a copy of.
  func firing(of trigger: ObjectIdentity, madeBy statement: Statement) -> FacetValue? {
    guard trigger.kind == .trigger, statement.tag != "CREATE TRIGGER", let table = trigger.table,
      let parent = objects[table]?.parent ?? objects[table.with(kind: .foreignTable)]?.parent,
      let schema = parent.schema
    else { return nil }
    return objects[.trigger(schema, parent.name, trigger.name)]?.facets[.part("firing")]
  }

  private func partitionedTable(_ table: ObjectIdentity) -> ObjectIdentity? {
    objects[table]?.isPartitioned == true ? table : nil
  }

  private mutating func setFiring(of trigger: ObjectIdentity, to mode: FacetValue) {
    guard let state = objects[trigger], state.existence != .absent, state.facets[.part("firing")] != nil
    else {
      return
    }
    change(trigger, by: .alters) { $0.facets[.part("firing")] = mode }
  }

  /// Whether an effect is on the constraint of a constraint trigger, whatever it is called now: no snapshot lists it beside the
  /// trigger.
  mutating func isConstraintOfTrigger(_ effect: Effect) -> Bool {
    guard effect.object.kind == .constraint else { return false }
    if case .constraint(let detail) = effect.detail, detail.kind == .trigger {
      constraintsOfTriggers.insert(effect.object)
      return true
    }
    if let old = effect.renamedFrom, constraintsOfTriggers.contains(old) {
      constraintsOfTriggers.insert(effect.object)
      return true
    }
    // Another constraint may get the name later.
    if effect.action == .creates { constraintsOfTriggers.remove(effect.object) }
    return constraintsOfTriggers.contains(effect.object)
  }
}

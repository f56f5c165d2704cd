import Display
import Schema
import Verification

/// What keys and answers do on the Access screen.
extension Reduction {
  /// Works the matrix out, once for each time that the catalog was read.
  mutating func readAccess() {
    guard let catalog = state.catalog, state.access.book.number != state.catalogNumber else { return }
    state.access.book.take(catalog, number: state.catalogNumber)
    if let role = state.access.reachedBy, !state.access.book.roles.contains(role) {
      state.access.reachedBy = nil
    }
    state.access.rebuild()
  }

  /// Keeps the cell within the matrix, and its role in sight.
  mutating func settleAccessPlace() {
    let count = state.access.book.roles.count
    state.access.place.role = min(max(0, state.access.place.role), max(0, count - 1))
    let role = state.access.place.role
    let visible = state.accessLayout.roleCount
    if role < state.access.firstRole { state.access.firstRole = role }
    if role >= state.access.firstRole + visible { state.access.firstRole = role - visible + 1 }
    state.access.firstRole = min(max(0, state.access.firstRole), max(0, count - visible))
  }

  /// Works out the cells that are in sight, so that a key that only moves works out nothing.
  mutating func rememberVisibleCells() {
    let list = state.access.list
    for row in list.position.top..<min(list.count, list.position.top + state.size.rows) {
      if let object = list[row].object { state.access.book.remember(object) }
    }
  }

  /// Moves the cursor from cell to cell, across roles, and behind the last one to the explanation.
  mutating func moveAccessCell(_ direction: Int) {
    let commands =
      state.access.list.current?.object.map { state.access.book.matrix.commands(for: $0).count } ?? 4
    var place = state.access.place
    place.command = min(place.command, commands - 1) + direction
    if place.command < 0 {
      guard place.role > 0 else { return }
      place.role -= 1
      place.command = commands - 1
    } else if place.command >= commands {
      guard place.role < state.access.book.roles.count - 1 else { return }
      place.role += 1
      place.command = 0
    }
    state.access.place = place
  }

  /// Lists only what the role under the cursor can reach, or everything again.
  mutating func toggleReach() {
    if state.access.reachedBy != nil {
      state.access.reachedBy = nil
    } else if state.access.book.roles.indices.contains(state.access.place.role) {
      state.access.reachedBy = state.access.book.roles[state.access.place.role]
    }
    state.access.rebuild()
  }

  mutating func showAccess(to object: ObjectIdentity) -> Bool {
    let wanted = object.table.flatMap { state.relation($0) } ?? object
    guard state.access.book.rows(reachedBy: nil).contains(where: { $0.object == wanted }) else {
      return false
    }
    if state.access.list.select(.object(wanted)) { return true }
    state.access.reachedBy = nil
    state.access.rebuild()
    if !state.access.list.filter.isEmpty { state.access.list.setFilter("") }
    return state.access.list.select(.object(wanted))
  }

  mutating func showAccessGroup(_ name: String) -> Bool {
    let row = state.access.list.items.first { row in
      if case .heading(let group, _) = row.content { group.name == name } else { false }
    }
    return row.map { state.access.list.select($0.id) } ?? false
  }

  /// Asks before a probe of some relations.
  mutating func askBeforeProbing(_ relations: [ObjectIdentity]) {
    let what =
      relations.count == 1 ? relations.first?.shortName ?? "" : Amounts.count(relations.count, "table")
    state.overlays.append(
      .confirmation(
        Confirmation(
          title: "Probe \(what) on \(state.targetName)?",
          lines: [
            "In one transaction that is rolled back, two users and a row for each are made, and every command is tried "
              + "as each role. No row stays.",
            "Triggers run, numbers taken from sequences are not given back, and rows are locked as by any write, none "
              + "waited for longer than two seconds.",
          ], verb: "probe", deed: .load(.access(.probe(relations))), name: state.confirmationName)))
  }

  mutating func takeProbe(
    _ report: ProbeReport, _ omissions: [ProbePlan.Omission], _ catalog: Snapshot
  ) {
    state.access.trouble = nil
    state.catalog = catalog
    readAccess()
    state.access.book.take(report, omissions: omissions, at: now)
    let contradictions = report.entries.count { !report.agrees($0, with: state.access.book.matrix) }
    note(
      contradictions > 0 ? .warning : .done,
      "probed \(Amounts.count(report.entries.count, "cell")), \(contradictions) not as the matrix says; all of it was "
        + "rolled back")
  }

  /// Opens a policy as a whole, its expressions laid out.
  mutating func showPolicy(_ policy: SchemaObject) {
    state.overlays.append(
      .text(PolicyText(state: state, policy: policy, columns: max(30, state.size.columns - 6)).overlay))
  }
}

import Migrations

/// Choosing migrations, with what they need.
extension Reduction {
  mutating func toggleChoice() {
    switch state.rollout.list.cursorRow {
    case .migration(let id, _): toggleChoice(of: id)
    case .group(let index): toggleChoice(ofGroup: state.rollout.list.groups[index])
    case nil: break
    }
  }

  mutating func toggleAll() {
    guard let model = state.model else { return }
    if !state.rollout.selection.isEmpty {
      choose([])
      return
    }
    let all = model.project.migrations.map(\.id).filter(canRun)
    if all.isEmpty {
      refuse("nothing is pending")
    } else {
      choose(Set(all))
    }
  }

  /// Chooses these migrations, and says what comes with them that did not before.
  mutating func choose(_ ids: Set<MigrationID>) {
    guard let model = state.model else { return }
    let before = state.rollout.selection
    let statuses = state.statuses
    state.rollout.selection.choose(ids, in: model) { statuses.state(of: $0)?.canRun == true }
    for id in model.project.migrations.map(\.id) {
      guard let requirement = state.rollout.selection.comingAlong[id], before.comingAlong[id] == nil else {
        continue
      }
      let verb = before.chosen.contains(id) ? "stays, because \(requirement.from) needs it" : "comes with it"
      note(.information, "\(id) \(verb): \(requirement.explanation)")
    }
  }

  private mutating func toggleChoice(of id: MigrationID) {
    var chosen = state.rollout.selection.chosen
    if chosen.remove(id) != nil {
      choose(chosen)
    } else if canRun(id) {
      if let requirement = state.rollout.selection.comingAlong[id] {
        refuse("\(id) was coming along already: \(requirement.from) needs it")
      }
      chosen.insert(id)
      choose(chosen)
    } else {
      refuse("\(id) cannot be chosen: \(reasonAgainst(id))")
    }
  }

  private mutating func toggleChoice(ofGroup group: MigrationGroup) {
    let able = group.migrations.filter(canRun)
    if able.isEmpty {
      refuse("nothing of \(group.name) can be chosen: all of it is done or left out")
    } else if able.allSatisfy(state.rollout.selection.chosen.contains) {
      choose(state.rollout.selection.chosen.subtracting(able))
    } else {
      choose(state.rollout.selection.chosen.union(able))
    }
  }

  private func canRun(_ id: MigrationID) -> Bool { state.statuses.state(of: id)?.canRun == true }

  private func reasonAgainst(_ id: MigrationID) -> String {
    let status = state.statuses[id]
    let reason = status?.note ?? state.model?.migration(id)?.notes.skipReason
    guard let known = status?.state else { return "its state is not known" }
    switch known {
    case .applied: return "it is applied already"
    case .skipped, .changed, .archived, .superseded, .missing:
      return reason.map { "\(known.rawValue): \($0)" } ?? "it is \(known.rawValue): \(known.explanation)"
    case .pending, .partial, .failed, .interrupted: return "its state is \(known.rawValue)"
    }
  }
}

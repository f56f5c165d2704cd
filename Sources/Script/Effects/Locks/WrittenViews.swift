import Schema

/// Locks behind views that are read and written.
extension EffectReader {
  /// Notes the locks of a query that is carried out: what a view reads is locked with the view.
  mutating func lockRelations(of uses: [References.RelationUse]) {
    for use in uses { lockRelation(of: use, in: []) }
  }

  /// Rows that are written to a view go to the table that it is of, unless a trigger or a rule takes them; `written`
  /// are the views whose rules have led here.
  private mutating func lockRelation(of use: References.RelationUse, in written: Set<ObjectIdentity>) {
    lock(use.lock, use.relation)
    let sources = sources(behind: use.relation)
    guard let change = use.change, !sources.isEmpty else {
      for source in sources { lock(use.lock, source) }
      return
    }
    let direct = known.owners(of: use.relation).filter { $0.isRelation && $0 != use.relation }
    let replacements = replacements(of: change, on: use.relation)
    if replacements.isEmpty, let target = target(ofRowsIn: use.relation, among: direct) {
      var further = use
      further.relation = target
      lockRelation(of: further, in: written)
      // What its conditions read is only read.
      for other in direct where other != target {
        lock(.accessShare, other)
        for source in self.sources(behind: other) { lock(.accessShare, source) }
      }
    } else if replacements.isEmpty || change != .insert {
      // The rows that are to be changed are looked up in the view.
      for source in sources { lock(.accessShare, source) }
    }
    guard !written.contains(use.relation) else { return }
    for action in replacements.flatMap(\.uses) {
      lockRelation(of: action, in: written.union([use.relation]))
    }
  }

  private func target(ofRowsIn view: ObjectIdentity, among direct: [ObjectIdentity]) -> ObjectIdentity? {
    if direct.count == 1 { return direct[0] }
    guard let name = known.relation(view.schema ?? "", view.name)?.table else { return nil }
    return direct.first { $0.schema == name.schema && $0.name == name.name }
  }

  private func replacements(of change: RowChange, on view: ObjectIdentity) -> [KnownSchema.Replacement] {
    let all = known.relation(view.schema ?? "", view.name)?.replacements ?? [:]
    return all.sorted { $0.key < $1.key }.filter {
      known.contains($0.key) && $0.value.changes.contains(change)
    }
    .map(\.value)
  }
}

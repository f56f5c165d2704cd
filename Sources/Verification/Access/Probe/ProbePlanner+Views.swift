import Schema

/// Views: their rows are those of a table beneath, found by its key where the view shows it.
extension ProbePlanner {
  func planView(
    _ view: ObjectIdentity, _ roles: [String], _ seeds: inout SeedPlanner, _ plan: inout ProbePlan
  ) {
    let columns = matrix.columns(of: view)
    var reason = "no table beneath it is known"
    for base in bases(of: view) {
      let rows = ProbeUser.allCases.map { (user: $0, row: seeds.row(of: base, for: $0)) }
      let others = ProbeUser.allCases.map { (user: $0, row: seeds.anotherRow(of: base, for: $0)) }
      do throws(SeedPlanner.Obstacle) {
        var found: [(user: ProbeUser, row: SeedPlanner.Row)] = []
        for (user, row) in rows {
          found.append((user, try shown(try row.get(), of: user, in: view, columns)))
        }
        var made: [(user: ProbeUser, row: SeedPlanner.Row)] = []
        for (user, row) in others {
          made.append((user, try shown(try row.get(), of: user, in: view, columns)))
        }
        planTrials(on: view, found, made, roles, &plan)
        return
      } catch {
        reason = error.reason
      }
    }
    plan.omissions.append(.init(table: view, reason: reason))
  }

  /// The tables beneath a view, the one that its rows come from first.
  private func bases(of view: ObjectIdentity) -> [ObjectIdentity] {
    var source = view
    var seen: Set<ObjectIdentity> = []
    while source.kind == .view, seen.insert(source).inserted,
      let name = ViewQuery(matrix.snapshot[source]?.definition ?? "").source,
      let next = matrix.relationsByName[.table(name[0], name[1])]
    {
      source = next
    }
    let tables = matrix.tables(beneath: view).filter { $0.kind == .table }
    return tables.filter { $0 == source } + tables.filter { $0 != source }
  }

  /// A row of a table as a view shows it: found by its key, else by the id of its user, whom nobody else is.
  private func shown(
    _ row: SeedPlanner.Row, of user: ProbeUser, in view: ObjectIdentity, _ columns: Set<String>
  ) throws(SeedPlanner.Obstacle) -> SeedPlanner.Row {
    var shown = row
    shown.table = view
    shown.values = row.values.filter { columns.contains($0.column) }
    if row.key.allSatisfy(columns.contains) { return shown }
    guard let column = shown.values.first(where: { $0.literal == SQLLiteral.text(user.id) })?.column else {
      throw SeedPlanner.Obstacle(
        reason: "it shows neither a key of \(row.table.qualifiedName) nor a user to find a row by")
    }
    shown.key = [column]
    return shown
  }
}

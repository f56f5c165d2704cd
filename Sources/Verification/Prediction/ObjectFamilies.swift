import Schema

extension ObjectKind {
  /// The kinds that share one namespace and are read as tables are.
  static let relations: [ObjectKind] = [.table, .view, .materializedView, .foreignTable]
  /// The kinds that functions share their namespace with.
  static let routines: [ObjectKind] = [.function, .procedure, .aggregate]
}

/// All lints.
enum LintCatalogue {
  /// The lints of single statements.
  static let statementLints: [any StatementLint] = [
    IndexWithoutConcurrently(), ConstraintValidatedAtOnce(), TypeChangeRewrites(), NotNullScans(),
    ColumnWithoutDefault(), VolatileDefault(), LockHeldDuringScan(), DroppedInUse(), RenamedInUse(),
    ForbiddenInTransaction(), EnumValueBeforeCommit(), NotIdempotent(),
  ]

  /// The lints of whole schemas.
  static let schemaLints: [any SchemaLint] = [
    RowSecurityMissing(), PolicyWithoutRowSecurity(), RowSecurityWithoutPolicy(),
    DefinerFunctionWithoutSearchPath(), DefinerView(), AuthCallPerRow(), ForeignKeyWithoutIndex(),
  ]

  /// The codes of all lints, in order.
  static let codes: [LintCode] =
    (statementLints.map(\.code) + schemaLints.map(\.code) + [
      IgnoreJudge.withoutReason, IgnoreJudge.unused,
    ]).sorted()
}

/// All lints.
enum LintCatalogue {
  /// The lints of single statements.
  static let statementLints: [any StatementLint] = [
    IndexWithoutConcurrently(), ConstraintValidatedAtOnce(), TypeChangeRewrites(), NotNullScans(),
    ColumnWithoutDefault(), VolatileDefault(), TableRewritten(), LockHeldDuringScan(), DroppedInUse(),
    RenamedInUse(), TruncateCascade(),
    ForbiddenInTransaction(), EnumValueBeforeCommit(), NotIdempotent(),
    RevokeWithoutEffect(),
  ]

  /// The lints of whole schemas.
  static let schemaLints: [any SchemaLint] = [
    RowSecurityMissing(), PolicyWithoutRowSecurity(), RowSecurityWithoutPolicy(),
    PolicyAlwaysTrue(), UserMetadataInPolicy(), DefinerFunctionWithoutSearchPath(), DefinerView(),
    UsersExposed(),
    AuthCallPerRow(), ForeignKeyWithoutIndex(), NullForbiddenByColumn(), DuplicateIndex(),
  ]

  /// The codes of all lints, in order.
  static let codes: [LintCode] =
    (statementLints.map(\.code) + schemaLints.map(\.code) + [
      IgnoreJudge.withoutReason, IgnoreJudge.unused,
    ]).sorted()
}

/// The stable codes of findings (docs/findings.md).
public enum FindingCode {
  /// An object that proves a migration is as the migration leaves it.
  public static let evidenceFound = "evidence.found"
  /// An object that proves a migration is not there, or was not dropped.
  public static let evidenceMissing = "evidence.missing"
  /// An object that proves a migration is there, but different.
  public static let evidenceDiffers = "evidence.differs"
  /// A migration is not in yet.
  public static let migrationPending = "migration.pending"
  /// A migration failed and left something behind.
  public static let migrationFailed = "migration.failed"
  /// A migration began and nobody saw its end.
  public static let migrationInterrupted = "migration.interrupted"
  /// A migration's file is not the one that ran.
  public static let migrationChanged = "migration.changed"
  /// The history has a migration that the project has not.
  public static let migrationMissing = "migration.missing"
  /// What was expected holds.
  public static let expectationMet = "expectation.met"
  /// An expected object is not there.
  public static let expectationMissing = "expectation.missing"
  /// An object that should be gone is there.
  public static let expectationAbsent = "expectation.absent"
  /// A column has another type.
  public static let expectationColumnType = "expectation.column-type"
  /// A column accepts NULL and should not, or the other way round.
  public static let expectationColumnNullability = "expectation.column-nullability"
  /// Row security is off and should be on, or the other way round.
  public static let expectationRowSecurity = "expectation.row-security"
  /// There are more or fewer objects of a kind.
  public static let expectationCount = "expectation.count"
  /// A query gave another answer, or none.
  public static let expectationQuery = "expectation.query"

  /// Every code, in the order of docs/findings.md.
  public static let all = [
    evidenceFound, evidenceMissing, evidenceDiffers, migrationPending, migrationFailed, migrationInterrupted,
    migrationChanged, migrationMissing, expectationMet, expectationMissing, expectationAbsent,
    expectationColumnType,
    expectationColumnNullability, expectationRowSecurity, expectationCount, expectationQuery,
  ]
}

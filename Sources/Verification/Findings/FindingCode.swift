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
  /// Row security is not forced and should be, or the other way round.
  public static let expectationForcedRowSecurity = "expectation.forced-row-security"
  /// A policy is for another command or other roles.
  public static let expectationPolicy = "expectation.policy"
  /// A trigger is disabled and should be enabled, or the other way round.
  public static let expectationTrigger = "expectation.trigger"
  /// A stored setting has another value.
  public static let expectationSetting = "expectation.setting"
  /// An index is invalid.
  public static let expectationIndex = "expectation.index"
  /// There are more or fewer objects of a kind.
  public static let expectationCount = "expectation.count"
  /// A query gave another answer, or none.
  public static let expectationQuery = "expectation.query"
  /// What is expected of a migration cannot hold before the server has an extension.
  public static let expectationWaiting = "expectation.waiting"
  /// A role has a privilege that it should not have, or the other way round.
  public static let expectationPrivilege = "expectation.privilege"
  /// A call gave another result, or none.
  public static let expectationCall = "expectation.call"
  /// A role reaches more than it should.
  public static let expectationAccessWider = "expectation.access-wider"
  /// A role reaches less than it should.
  public static let expectationAccessNarrower = "expectation.access-narrower"
  /// A role reaches something else than it should, or nothing can be said.
  public static let expectationAccess = "expectation.access"
  /// A probe found that a role reaches something else than it should.
  public static let expectationAccessProbe = "expectation.access-probe"
  /// What a role should reach could not be tried.
  public static let expectationAccessUntried = "expectation.access-untried"
  /// A migration uses what no migration, no extension, and neither server nor platform provides.
  public static let requirementUnprovided = "requirement.unprovided"
  /// A migration uses what only a later statement makes.
  public static let requirementLater = "requirement.later"
  /// A migration uses what was dropped before it.
  public static let requirementDropped = "requirement.dropped"
  /// A migration installs an extension that the server has no files of, or not in that version.
  public static let requirementExtension = "requirement.extension"
  /// A declared requirement that nothing in the SQL shows.
  public static let requirementUnsupported = "requirement.unsupported"
  /// An object that the files say is there is not there.
  public static let driftMissing = "drift.missing"
  /// An object that the files have dropped is there.
  public static let driftUndropped = "drift.undropped"
  /// An object that no migration made.
  public static let driftUnmanaged = "drift.unmanaged"
  /// An object that an archived migration, or a superseded baseline, made.
  public static let driftArchived = "drift.archived"
  /// An object of which nobody can tell whether it is as the files say.
  public static let driftUnknown = "drift.unknown"
  /// Row security is off, or not forced, and the files have switched it on.
  public static let driftRowSecurity = "drift.row-security"
  /// A column has another type or collation.
  public static let driftColumnType = "drift.column-type"
  /// A column accepts NULL and should not, or the other way round.
  public static let driftColumnNullability = "drift.column-nullability"
  /// A column has another default.
  public static let driftColumnDefault = "drift.column-default"
  /// A column is generated in another way: by another expression, as another identity, or no more.
  public static let driftColumnGeneration = "drift.column-generation"
  /// A constraint says something else.
  public static let driftConstraint = "drift.constraint"
  /// An index has other keys, another predicate or method, or is invalid.
  public static let driftIndex = "drift.index"
  /// A policy has other expressions, roles or another command.
  public static let driftPolicy = "drift.policy"
  /// A trigger fires at other events, calls another function, or is disabled.
  public static let driftTrigger = "drift.trigger"
  /// A function has another body, other traits or settings.
  public static let driftFunction = "drift.function"
  /// A view has another query or other options.
  public static let driftView = "drift.view"
  /// A type has other labels or attributes, a domain another default or check.
  public static let driftType = "drift.type"
  /// A sequence belongs to another column, or counts otherwise.
  public static let driftSequence = "drift.sequence"
  /// A comment has another text.
  public static let driftComment = "drift.comment"
  /// A publication publishes something else.
  public static let driftPublication = "drift.publication"
  /// A table is unlogged, or hangs under another table.
  public static let driftTable = "drift.table"
  /// A rule, operator, cast, event trigger, text search or foreign object, or other rarer object is defined otherwise.
  public static let driftObject = "drift.object"
  /// A role has other attributes.
  public static let driftRole = "drift.role"
  /// An object belongs to another role than the files give it to.
  public static let driftOwner = "drift.owner"
  /// A table or view that a Prisma model describes is not there.
  public static let prismaTable = "prisma.table"
  /// A column that a Prisma field describes is not there, or one that every row needs has no field.
  public static let prismaColumn = "prisma.column"
  /// A column has another type than its Prisma field.
  public static let prismaType = "prisma.type"
  /// A column accepts NULL and its Prisma field does not, or the other way round.
  public static let prismaNullability = "prisma.optionality"
  /// A column has another default than its Prisma field.
  public static let prismaDefault = "prisma.default"
  /// The primary key is not the id of the Prisma model.
  public static let prismaId = "prisma.id"
  /// What is unique in Prisma is not so.
  public static let prismaUnique = "prisma.unique"
  /// An index that a Prisma model asks for is not there, or another.
  public static let prismaIndex = "prisma.index"
  /// A relation of Prisma has no foreign key, or one with other actions.
  public static let prismaRelation = "prisma.relation"
  /// A Prisma enumeration has no type.
  public static let prismaEnum = "prisma.enum"
  /// An enumeration and its type have different values.
  public static let prismaEnumValue = "prisma.enum-value"
  /// A key or index has another name than Prisma gives it.
  public static let prismaName = "prisma.name"
  /// What no Prisma model describes.
  public static let prismaUnmodelled = "prisma.unmodelled"

  /// Every code, in the order of docs/findings.md.
  public static let all = [
    evidenceFound, evidenceMissing, evidenceDiffers, migrationPending, migrationFailed, migrationInterrupted,
    migrationChanged, migrationMissing, expectationMet, expectationMissing, expectationAbsent,
    expectationColumnType,
    expectationColumnNullability, expectationRowSecurity, expectationForcedRowSecurity, expectationPolicy,
    expectationTrigger, expectationSetting, expectationIndex, expectationPrivilege, expectationCount,
    expectationQuery,
    expectationCall, expectationAccessWider, expectationAccessNarrower, expectationAccess,
    expectationAccessProbe, expectationAccessUntried, expectationWaiting,
    requirementUnprovided,
    requirementLater, requirementDropped, requirementExtension, requirementUnsupported,
    driftMissing, driftUndropped, driftUnmanaged, driftArchived, driftUnknown, driftRowSecurity,
    driftColumnType,
    driftColumnNullability, driftColumnDefault, driftColumnGeneration, driftConstraint, driftIndex,
    driftPolicy,
    driftTrigger, driftFunction, driftView, driftType, driftSequence, driftComment, driftPublication,
    driftTable, driftObject, driftRole,
    driftOwner,
    prismaTable, prismaColumn, prismaType, prismaNullability, prismaDefault, prismaId, prismaUnique,
    prismaIndex,
    prismaRelation, prismaEnum, prismaEnumValue, prismaName, prismaUnmodelled,
  ]
}

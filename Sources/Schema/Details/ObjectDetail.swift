/// What is special about one kind of object.
///
/// Kept elsewhere than the object that has it: most details are larger than the rest of an object, and copied often.
public indirect enum ObjectDetail: Sendable, Hashable {
  /// Nothing beyond the definition.
  case none
  /// A table, foreign table, view or materialized view.
  case relation(RelationDetail)
  /// A column of a table or view.
  case column(ColumnDetail)
  /// An index.
  case index(IndexDetail)
  /// A table's constraint.
  case constraint(ConstraintDetail)
  /// A function, procedure or aggregate.
  case function(FunctionDetail)
  /// A trigger.
  case trigger(TriggerDetail)
  /// A row-level security policy.
  case policy(PolicyDetail)
  /// A sequence.
  case sequence(SequenceDetail)
}

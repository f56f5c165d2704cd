import Schema
import Script

/// What the files say of one object in words: the statement that made it, and those that changed it since.
struct ObjectAccount: Sendable {
  /// Its definition as the statement that made it gives it (``Effect/definition``).
  var definition: String?
  /// Its detail as that statement gives it.
  var detail: ObjectDetail
  /// Where that statement stands.
  var place: StatementPlacement
  /// How many names had changed before it.
  var renamesBefore: Int
  /// What was changed since, in order.
  var alterations: [Alteration] = []
  /// Where the primary key was made that makes a column `NOT NULL`.
  var keyPlace: StatementPlacement?

  /// One later change.
  struct Alteration: Sendable {
    /// What the statement says (`SET DEFAULT now()`).
    var clause: String?
    /// The detail that it leaves, as far as it is known.
    var detail: ObjectDetail
    var place: StatementPlacement
    var renamesBefore: Int
    /// Whether it was made for sure.
    var isCertain: Bool
  }
}

/// Where a statement stands, and under which names it speaks.
struct StatementPlacement: Sendable, Hashable {
  /// The migration's number in the order of folding.
  var migration = 0
  /// The statement's number in its file.
  var statement = 0
  var position: SourcePosition?
  /// The schemas in which it looks names up; nil for those of the session.
  var searchPath: [String]?

  /// Whether the statement is an earlier one.
  func comesBefore(_ other: StatementPlacement) -> Bool {
    (migration, statement) < (other.migration, other.statement)
  }
}

/// A new name for an object.
struct NameChange: Sendable {
  var old: ObjectIdentity
  var new: ObjectIdentity
  var place: StatementPlacement
}

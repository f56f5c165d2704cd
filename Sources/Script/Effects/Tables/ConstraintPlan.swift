import CPgQuery
import Schema

/// A table constraint as a statement will make it.
struct ConstraintPlan {
  var node: PgQuery__Constraint
  /// The columns that it is on: those in its list, or the one that it is written at.
  var columns: [String]
  var isDeferrable: Bool
  var isDeferred: Bool

  init(_ node: PgQuery__Constraint, column: String? = nil) {
    self.node = node
    isDeferrable = node.deferrable != 0
    isDeferred = node.initdeferred != 0
    let listed =
      node.contype == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN
      ? names(node.n_fk_attrs, node.fk_attrs) : names(node.n_keys, node.keys)
    columns = listed.isEmpty ? column.map { [$0] } ?? [] : listed
  }

  /// Which kind it is, or nil for what is no constraint of its own (NOT NULL, DEFAULT, …).
  var kind: ConstraintDetail.Kind? {
    switch node.contype {
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK: .check
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY: .primaryKey
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE: .unique
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION: .exclusion
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN: .foreignKey
    default: nil
    }
  }

  /// The name that it was given, if it was.
  var givenName: String? { nonEmpty(node.conname) }

  /// Whether existing rows are left unchecked.
  var isUnchecked: Bool { node.skip_validation != 0 }

  /// The index that it takes over (`USING INDEX`), if it does.
  var adoptedIndex: String? { nonEmpty(node.indexname) }

  /// `DEFERRABLE`, `INITIALLY DEFERRED`, `NOT VALID` as they stand behind a definition.
  var suffix: String {
    (isDeferrable ? " DEFERRABLE" : "") + (isDeferred ? " INITIALLY DEFERRED" : "")
      + (isUnchecked ? " NOT VALID" : "")
  }
}

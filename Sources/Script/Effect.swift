import Schema

/// What one statement does to one object.
public struct Effect: Sendable, Hashable {
  /// What is done.
  public var action: EffectAction
  /// The object that it is done to.
  public var object: ObjectIdentity
  /// When it is done.
  public var condition: EffectCondition
  /// What must be there for it to take place, where a block asks for that first; mostly the table that the object is on.
  public var hosts: [ObjectIdentity]
  /// The new definition, as far as the statement gives it: a column's type, a policy's expressions, a function's body.
  ///
  /// Normalised by the parser's own deparser, so that two spellings of one definition are equal. Nil where the effect
  /// defines nothing.
  public var definition: String?
  /// What the statement says of an object that it makes or changes, in the catalog's own terms; `.none` where it says
  /// nothing or the object is of a kind that has no detail.
  public var detail: ObjectDetail
  /// What the object was called before, if this effect is the second half of a rename.
  public var renamedFrom: ObjectIdentity?
  /// Whether a use is looked up only when a function runs: the object need not be there when the statement runs.
  public var isLateBound: Bool

  /// Makes an effect from its parts.
  public init(
    _ action: EffectAction, _ object: ObjectIdentity, when condition: EffectCondition = .always,
    hosts: [ObjectIdentity] = [], definition: String? = nil, detail: ObjectDetail = .none,
    renamedFrom: ObjectIdentity? = nil,
    isLateBound: Bool = false
  ) {
    self.action = action
    self.object = object
    self.condition = condition
    self.hosts = hosts
    self.definition = definition
    self.detail = detail
    self.renamedFrom = renamedFrom
    self.isLateBound = isLateBound
  }
}

/// The four things that a statement can do to an object.
public enum EffectAction: String, Sendable, Hashable, Codable, CaseIterable {
  case creates
  case alters
  case drops
  case uses
}

/// When an effect takes place.
public enum EffectCondition: Sendable, Hashable {
  /// Whenever the statement runs.
  case always
  /// Only if the object is not there yet (`IF NOT EXISTS`, or a `DO` block that asks the catalog first).
  ///
  /// The parts that `CREATE TABLE IF NOT EXISTS` makes with a table (columns, constraints, indexes, sequences) come into
  /// being with the table or not at all. What is altered under this condition is what the same block has made so.
  case ifNotExists
  /// Only if the object is there (`DROP … IF EXISTS`), or for what is made: if its table is (`ALTER TABLE IF EXISTS`).
  case ifExists
  /// Always; an object of that name is replaced (`CREATE OR REPLACE`).
  case orReplace
  /// Under a condition that cannot be known without running it; the text says which.
  case guarded(String)

  /// Whether the object may not be there although the statement has run.
  public var mayDoNothing: Bool {
    switch self {
    case .always, .ifNotExists, .orReplace: false
    case .ifExists, .guarded: true
    }
  }
}

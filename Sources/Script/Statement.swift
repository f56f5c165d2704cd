import Schema

/// One statement of a file: its text, its place, and what is known of it without running it.
public struct Statement: Sendable, Hashable {
  /// Its place among the file's statements, from 0.
  public var index: Int
  /// Its text as it is sent to the server: without surrounding white space and comments before it, and without the
  /// semicolon that ends it.
  public var text: String
  /// The bytes of the file that `text` stands at.
  public var byteRange: Range<Int>
  /// Where `text` begins.
  public var position: SourcePosition
  /// Whether it is SQL, a psql command, or COPY with its data in the file.
  public var form: StatementForm
  /// The command tag, as the server answers it (`CREATE INDEX`, `DO`), or for a psql command its name (`\set`).
  public var tag: String
  /// What it does to objects, in the order in which it does it.
  public var effects: [Effect]
  /// The table locks that it takes, strongest first.
  public var locks: [LockForecast]
  /// Whether it can run in a transaction.
  public var transactionRule: TransactionRule
  /// Why some or all of its effects cannot be known without running it; nil when they are known.
  public var opacity: String?
  /// What it may do beside that to objects whose names it makes only when it runs.
  public var possibleEffects: [PossibleEffect]
  /// What happens when it runs a second time right after the first.
  public var repetition: Repetition
  /// The settings of the session that it changes, in order.
  public var settings: [SessionSetting]
  /// The schemas in which it looks names up, where the file has set them; nil where it leaves that to the session.
  public var searchPath: [String]?

  /// Makes a statement from its parts.
  public init(
    index: Int, text: String, byteRange: Range<Int>, position: SourcePosition, form: StatementForm = .sql,
    tag: String, effects: [Effect] = [], locks: [LockForecast] = [], transactionRule: TransactionRule = .any,
    opacity: String? = nil, possibleEffects: [PossibleEffect] = [], repetition: Repetition = .harmless,
    settings: [SessionSetting] = [], searchPath: [String]? = nil
  ) {
    self.index = index
    self.text = text
    self.byteRange = byteRange
    self.position = position
    self.form = form
    self.tag = tag
    self.effects = effects
    self.locks = locks
    self.transactionRule = transactionRule
    self.opacity = opacity
    self.possibleEffects = possibleEffects
    self.repetition = repetition
    self.settings = settings
    self.searchPath = searchPath
  }
}

/// How a statement reaches the server.
public enum StatementForm: Sendable, Hashable {
  /// SQL, sent as it stands.
  case sql
  /// A backslash command of psql, which no server understands.
  case psqlCommand
  /// `COPY … FROM STDIN` with its data behind it in the file; the range is that of the data's bytes, without the
  /// `\.` line.
  case copyData(Range<Int>)
}

/// Whether a statement can run in a transaction.
public enum TransactionRule: Sendable, Hashable {
  /// It can run anywhere.
  case any
  /// It cannot run inside a transaction block (SQLSTATE 25001); says which command demands it.
  case outsideOnly(String)
  /// It begins a transaction.
  case begin
  /// It commits the transaction.
  case commit
  /// It rolls the transaction back.
  case rollback
  /// It sets, releases or returns to a savepoint.
  case savepoint
  /// It can run in a transaction, but what it makes can be used only after the commit (a new enum value).
  case usableAfterCommit(String)
}

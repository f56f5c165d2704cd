/// What one statement gave: its rows, if it gives any, and its command tag.
public struct QueryResult: Sendable, Hashable {
  /// The rows, empty for a statement that gives none.
  public var rows: Rows
  /// The server's command tag, such as `INSERT 0 5` or `CREATE TABLE`; empty for an empty statement.
  public var commandTag: String
  /// What the server reported beside the result while the statement ran, in order.
  ///
  /// For a string of several statements over the simple protocol, a notice may be counted with the statement before.
  public var notices: [Notice]

  /// Creates a result.
  public init(rows: Rows = Rows(), commandTag: String = "", notices: [Notice] = []) {
    self.rows = rows
    self.commandTag = commandTag
    self.notices = notices
  }

  /// The columns of the rows, empty for a statement that gives none.
  public var columns: [ColumnDescription] { rows.columns }

  /// How many rows the statement inserted, updated, deleted, selected or copied; nil where its tag holds no count.
  public var affectedRows: Int? { CommandTag(commandTag).affectedRows }
}

/// The server's word for what a statement did, such as `UPDATE 3`.
public struct CommandTag: Sendable, Hashable, CustomStringConvertible {
  /// The tag as the server sent it.
  public var text: String

  /// Creates a tag from the server's text.
  public init(_ text: String) { self.text = text }

  /// The number of rows that the tag counts, or nil where it counts none.
  public var affectedRows: Int? { text.split(separator: " ").last.flatMap { Int($0) } }

  /// The tag as the server sent it.
  public var description: String { text }
}

/// One column of a result.
public struct ColumnDescription: Sendable, Hashable {
  /// The column's name in the result.
  public var name: String
  /// The OID of its data type.
  public var type: UInt32
  /// The type modifier, such as a length, or -1 for none.
  public var typeModifier: Int32
  /// The OID of the table that it comes from, or nil for a computed column.
  public var table: UInt32?
  /// The number of the column in that table, or nil for a computed column.
  public var tableColumn: Int?

  /// Creates a description; `text` (25) is the type when none is given.
  public init(
    name: String, type: UInt32 = 25, typeModifier: Int32 = -1, table: UInt32? = nil, tableColumn: Int? = nil
  ) {
    self.name = name
    self.type = type
    self.typeModifier = typeModifier
    self.table = table
    self.tableColumn = tableColumn
  }
}

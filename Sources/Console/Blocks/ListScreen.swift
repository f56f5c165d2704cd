import Display
import Migrations

/// A screen of a list, and the details of the row under its cursor.
///
/// Only rows that are visible are worded. Moving, filtering, scrolling, folding for narrow terminals and drawing come with
/// it; the screen says what its rows and details are.
protocol ListScreen: ConsoleScreen {
  associatedtype Item: ListItem

  var list: FilteredList<Item> { get set }
  var detail: DetailPane { get set }
  var panes: TwoPanes { get set }

  static var arrangement: TwoPanes.Arrangement { get }
  static func listTitle(_ state: ConsoleState) -> Text
  /// The lines over the rows that stay while the rows scroll.
  static func listHead(_ state: ConsoleState, columns: Int) -> [Line]
  /// A row of the list, without the place of the cursor.
  static func line(of item: Item, _ state: ConsoleState, columns: Int) -> Line
  /// What stands instead of rows: what is awaited, what failed, or that there is nothing.
  static func instead(_ state: ConsoleState, columns: Int) -> [Line]
  static func detailTitle(_ state: ConsoleState) -> Text
  /// What stands in the frame of the details, at the right of the title.
  static func detailNote(_ state: ConsoleState) -> Text
  /// The details, wrapped to a width.
  static func detailText(_ state: ConsoleState, columns: Int) -> DetailText
  /// What the details as a whole are about.
  static func detailSubject(_ state: ConsoleState) -> Subject?
  /// What the row leads to when it is opened, apart from giving the keys to its details.
  static func openRow(_ reduction: inout Reduction) -> Bool
  /// What a line of the details leads to when it is opened, apart from giving the keys back to the list.
  static func openPart(_ reduction: inout Reduction) -> Bool
}

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
  /// A row of the list, without the place of the cursor.
  static func line(of item: Item, _ state: ConsoleState, columns: Int) -> Line
  /// What stands instead of rows: what is awaited, what failed, or that there is nothing.
  static func instead(_ state: ConsoleState, columns: Int) -> [Line]
  static func detailTitle(_ state: ConsoleState) -> Text
  /// The lines of the details, wrapped to a width.
  static func detailLines(_ state: ConsoleState, columns: Int) -> [Line]
  /// What the row leads to when it is opened, apart from giving the keys to its details.
  static func openRow(_ reduction: inout Reduction) -> Bool
}

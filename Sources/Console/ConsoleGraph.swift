import Display
import Migrations

extension GraphDrawing {
  /// Draws a graph for the console: with so few lanes that names keep their room, in the symbols of the terminal.
  ///
  /// Takes a while for thousands of migrations, so it is done before ``ConsoleAction/projectLoaded(_:_:_:)`` is posted.
  public static func forConsole(_ graph: RequirementGraph, glyphs: Glyphs) -> GraphDrawing {
    GraphDrawing(graph, maximumLanes: 6, isASCII: glyphs.isASCII)
  }
}

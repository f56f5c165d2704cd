import TOML

/// A theme's file as it was read, before what it inherits is known.
public struct ThemeSource: Sendable {
  /// The theme's name.
  public let name: String
  /// The theme that it changes, if it changes one.
  public let parent: String?
  /// The file's name, for messages.
  public let file: String
  let root: TOMLTable
  let parentPosition: TOMLPosition?

  /// Reads a file.
  ///
  /// - Throws: what keeps it from being a theme's file at all, with line and column.
  public init(parsing text: String, file: String) throws(ThemeError) {
    do {
      root = try TOMLDocument(parsing: text).root
      parent = try root.string("inherits")
      name = try root.string("name") ?? ""
    } catch {
      throw ThemeError([ThemeError.Problem(error, file: file)])
    }
    parentPosition = root["inherits"]?.position
    self.file = file
  }
}

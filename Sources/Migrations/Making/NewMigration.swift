/// A migration that is about to be made: the files to write, in the way of its project.
public struct NewMigration: Sendable, Hashable {
  /// A file with its text.
  public struct File: Sendable, Hashable {
    /// Its path, relative to the project's root.
    public var path: String
    /// What is written, or appended.
    public var text: String

    /// Makes a file from its parts.
    public init(path: String, text: String) {
      self.path = path
      self.text = text
    }
  }

  /// Its id.
  public var id: MigrationID
  /// The files to make, the migration itself first; none of them may be there.
  public var files: [File]
  /// What to add at the end of files that are there.
  public var additions: [File]

  /// Makes a description from its parts.
  public init(id: MigrationID, files: [File], additions: [File] = []) {
    self.id = id
    self.files = files
    self.additions = additions
  }
}

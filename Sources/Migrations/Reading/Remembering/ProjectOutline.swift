import Script

/// The files of a project as they were found and hashed, without what they say, and by what it can be told that they still
/// are the same.
///
/// Knows nothing of where it is kept; whoever keeps it makes sure that it comes back whole, to the same program.
public struct ProjectOutline: Sendable {
  let stamps: ReadingStamps
  let files: ProjectFiles
  /// The root that the files' paths are relative to.
  private let root: String

  /// Takes what was found together; nil if it is not the same without what the files say, or could not be told to be.
  init?(_ files: ProjectFiles, in root: String, stamps: ReadingStamps?) {
    guard let stamps, files.loaded.allSatisfy(Self.isPlain) else { return nil }
    self.stamps = stamps
    self.files = files
    self.root = root
  }

  /// Whether nothing is known of a file but what stands in ``packed``.
  private static func isPlain(_ file: MigrationFileLoader.Loaded) -> Bool {
    file.errors.isEmpty && file.warnings.isEmpty && file.requiredNames.isEmpty && file.dependencyNames.isEmpty
      && file.expectations.isEmpty && file.migration.encoding == nil
      && file.migration.placeholders == PlaceholderValues()
      && file.migration.script == ParsedScript()
  }

  /// Reads what ``packed`` was; nil if it is not that.
  ///
  /// - Parameter fileSystem: where the files are read when other tools' digests of them are asked for.
  public init?(packed bytes: [UInt8], in fileSystem: FileSystem = .local) {
    let read = bytes.withUnsafeBytes { bytes -> (String, ReadingStamps, ProjectFiles)? in
      var reader = OutlineByteReader(bytes)
      do {
        let root = try reader.text()
        let stamps = try ReadingStamps(from: &reader)
        let files = try ProjectFiles(from: &reader, root: root, in: fileSystem)
        return reader.isAtEnd ? (root, stamps, files) : nil
      } catch {
        return nil
      }
    }
    guard let read else { return nil }
    (root, stamps, files) = read
  }

  /// All of it, for the next start.
  public var packed: [UInt8] {
    var writer = OutlineByteWriter()
    writer.append(root)
    stamps.write(to: &writer)
    files.write(to: &writer)
    return writer.bytes
  }
}

extension ProjectReader {
  /// Reads which files a project has and their checksums, but not what they say: as much as the histories know.
  ///
  /// Where the stamps of all files are those of an outline that is known, none is read.
  ///
  /// - Parameters:
  ///   - known: what was found before.
  ///   - moment: the time, in nanoseconds since 1970.
  /// - Returns: the project, with what is worth to be known the next time; nil if that is what is known already.
  /// - Throws: everything that keeps the project from being used, at once.
  public func outline(
    _ path: String, leavingOutUnreadable: Bool = false, knowing known: ProjectOutline? = nil, at moment: Int
  ) throws(ProjectError) -> (project: Project, news: ProjectOutline?) {
    if let known, known.stamps.hold(in: fileSystem) {
      do {
        return (try project(at: path) { _, _, _, _ in known.files }, nil)
      } catch {
        // What is wrong is said with the lines of the files, which are not known.
      }
    }
    let recorder = ReadingStamps.Recorder(fileSystem, at: moment)
    let reader = ProjectReader(fileSystem: recorder.noted, parse: { _, _ in ParsedScript() })
    var found: ProjectFiles?
    let project = try reader.project(at: path) {
      (directory, file, context, problems) throws(ProjectError) in
      let files = try reader.files(
        in: directory, of: file, context, leavingOutUnreadable: leavingOutUnreadable, problems: &problems)
      found = files
      return files
    }
    return (project, found.flatMap { ProjectOutline($0, in: project.root, stamps: recorder.stamps) })
  }
}

import Diagnosis
import Migrations

/// The variables that say where a database is: those of the environment, then those of `.env.local` and `.env` beside
/// the project, or in the working directory.
struct ProjectVariables: Sendable {
  /// A file that is there and cannot be read.
  struct Unreadable: Sendable {
    var path: String
    var reason: String
  }

  /// What the environment has.
  let environment: @Sendable (String) -> String?
  /// The files, the one that counts more first.
  let files: [EnvironmentFile]
  /// The files that cannot be read.
  let unreadable: [Unreadable]

  /// Reads the files.
  ///
  /// - Parameter directory: the project's directory.
  init(
    directory: String, fileSystem: FileSystem = .local,
    environment: @escaping @Sendable (String) -> String? = Environment.variable
  ) {
    self.environment = environment
    var files: [EnvironmentFile] = []
    var unreadable: [Unreadable] = []
    var seen: Set<String> = []
    for place in [directory, "."] {
      for name in [".env.local", ".env"] {
        let path = place == "." ? name : "\(place)/\(name)"
        guard fileSystem.kind(path) == .file, seen.insert(fileSystem.resolve(path)).inserted else { continue }
        do throws(FileSystemError) {
          let text = String(decoding: try fileSystem.read(path), as: UTF8.self)
          files.append(EnvironmentFile(parsing: text, path: path))
        } catch {
          unreadable.append(Unreadable(path: path, reason: error.reason))
        }
      }
    }
    self.files = files
    self.unreadable = unreadable
  }

  /// The value of a variable, and where it is set; nil if it is nowhere, or set to nothing.
  func find(_ name: String) -> (value: String, origin: SettingOrigin)? {
    if let value = environment(name), !value.isEmpty { return (value, .environment(variable: name)) }
    return findInFiles(name)
  }

  /// The value of a variable in the files.
  func findInFiles(_ name: String) -> (value: String, origin: SettingOrigin)? {
    for file in files {
      if let found = file[name] {
        return (found.value, .environmentFile(path: file.path, line: found.line, variable: name))
      }
    }
    return nil
  }
}

import Console
import Display
import Glibc
import Migrations

/// The themes that the console can choose from.
struct ThemeDirectory {
  /// The themes, the one to begin with first.
  let themes: [Theme]
  /// What could not be read.
  let problems: [Trouble]

  /// Reads the themes of the program's own directory and the operator's (`$XDG_CONFIG_HOME/signalbox/themes`).
  static func themes(first: String?, fileSystem: FileSystem = .local) -> ThemeDirectory {
    var problems: [Trouble] = []
    let sources = directories().map { directory in
      Self.files(in: directory, fileSystem).compactMap { path -> ThemeSource? in
        do {
          return try ThemeSource(
            parsing: String(decoding: try fileSystem.read(path), as: UTF8.self), file: path)
        } catch {
          problems.append(Trouble("\(error)"))
          return nil
        }
      }
    }
    let library = ThemeLibrary(sources)
    problems += library.problems.map { Trouble("\($0)") }
    var themes = [Theme.standard] + library.themes
    if let first {
      if let index = themes.lastIndex(where: { $0.name == first }) {
        themes.insert(themes.remove(at: index), at: 0)
      } else {
        let names = Set(themes.map(\.name)).sorted().joined(separator: ", ")
        problems.append(Trouble("there is no theme \"\(first)\"", advice: "the themes are: \(names)"))
      }
    }
    return ThemeDirectory(themes: themes, problems: problems)
  }

  /// Where themes can be, those of the operator last.
  static func directories() -> [String] {
    var directories: [String] = []
    var path = SampleDirectory.executable()[...]
    while let slash = path.lastIndex(of: "/") {
      path = path[..<slash]
      directories += ["\(path)/themes", "\(path)/share/signalbox/themes"]
    }
    return directories + ["\(ConfigurationDirectory.path)/themes"]
  }

  private static func files(in directory: String, _ fileSystem: FileSystem) -> [String] {
    // Most of the places where themes can be are not there.
    guard fileSystem.kind(directory) == .directory, let names = try? fileSystem.list(directory) else {
      return []
    }
    return names.sorted().filter { $0.hasSuffix(".toml") }.map { "\(directory)/\($0)" }
  }
}

/// The operator's own directory for Signalbox.
enum ConfigurationDirectory {
  /// `$XDG_CONFIG_HOME/signalbox`, else `~/.config/signalbox`.
  static var path: String {
    let given = Environment.variable("XDG_CONFIG_HOME") ?? ""
    return (given.isEmpty ? "\(Environment.variable("HOME") ?? "")/.config" : given) + "/signalbox"
  }
}

import Console
import Display
import Migrations
import TOML

/// What the operator has set in `$XDG_CONFIG_HOME/signalbox/config.toml`.
struct Configuration: Sendable {
  /// A value, and where it comes from.
  struct Value<Content: Sendable>: Sendable {
    var content: Content
    /// The line of the file; nil for what nobody has set.
    var line: Int?
  }

  var theme: Value<String?> = Value(content: nil)
  var mouse = Value(content: false)
  var reload = Value(content: true)
  /// What the list of migrations shows beside names and states.
  var columns = Value(content: ListColumn.allCases)
  /// How long a run waits for a lock, in seconds.
  var lockTimeout = Value(content: 5.0)
  /// How long a look at the target may take, in seconds.
  var readTimeout = Value(content: 30.0)
  var bindings = KeyBindings()
  /// The lines of the keys that were changed.
  var boundLines: [String: Int] = [:]
  /// What is wrong with the file, each with its place; the rest of it counts.
  var problems: [Trouble] = []
  /// The file.
  var file: String

  /// What of it the console's state needs.
  var ofConsole: ConsoleConfiguration {
    ConsoleConfiguration(
      settings: Set((mouse.content ? [.mouse] : []) + (reload.content ? [.reload] : [])), bindings: bindings,
      columns: Set(columns.content), theme: theme.content)
  }

  /// Reads the operator's file; one that is not there sets nothing.
  static func read(
    file: String = ConfigurationDirectory.path + "/config.toml", fileSystem: FileSystem = .local
  ) -> Configuration {
    guard fileSystem.kind(file) == .file else { return Configuration(file: file) }
    do {
      return Configuration(
        parsing: String(decoding: try fileSystem.read(file), as: UTF8.self), file: file)
    } catch {
      var configuration = Configuration(file: file)
      configuration.problems = [Trouble("\(error)")]
      return configuration
    }
  }

  private init(file: String) { self.file = file }

  /// Reads a file's text.
  init(parsing text: String, file: String) {
    self.file = file
    let root: TOMLTable
    do {
      root = try TOMLDocument(parsing: text).root
    } catch {
      note(error)
      return
    }
    for error in root.unknownKeys(known: Self.known) { note(error) }
    take(root, "theme", { () throws(TOMLError) in try root.string("theme") }) { $0.theme = $1 }
    take(root, "mouse", { () throws(TOMLError) in try root.boolean("mouse") }) {
      $0.mouse = Value(content: $1.content, line: $1.line)
    }
    take(root, "reload", { () throws(TOMLError) in try root.boolean("reload") }) {
      $0.reload = Value(content: $1.content, line: $1.line)
    }
    takeColumns(root)
    takeSeconds(root, "lock-timeout", \.lockTimeout)
    takeSeconds(root, "read-timeout", \.readTimeout)
    takeKeys(root)
  }

  /// The keys of the file.
  static let known = ["theme", "mouse", "reload", "columns", "lock-timeout", "read-timeout", "keys"]
}

extension Configuration {
  private mutating func take<Content>(
    _ root: TOMLTable, _ key: String, _ read: () throws(TOMLError) -> Content?,
    _ keep: (inout Configuration, Value<Content>) -> Void
  ) {
    do throws(TOMLError) {
      guard let content = try read() else { return }
      keep(&self, Value(content: content, line: root[key]?.position.line))
    } catch {
      note(error)
    }
  }

  private mutating func takeColumns(_ root: TOMLTable) {
    take(root, "columns", { () throws(TOMLError) in try root.strings("columns") }) { configuration, value in
      let names = ListColumn.allCases.map(\.rawValue)
      let unknown = value.content.filter { !names.contains($0.text) }
      for name in unknown {
        configuration.note(
          TOMLError(
            "`\(name.text)` is no column: there are \(names.joined(separator: ", "))", at: name.position))
      }
      guard unknown.isEmpty else { return }
      configuration.columns = Value(
        content: value.content.compactMap { ListColumn(rawValue: $0.text) }, line: value.line)
    }
  }

  private mutating func takeSeconds(
    _ root: TOMLTable, _ key: String, _ path: WritableKeyPath<Configuration, Value<Double>>
  ) {
    take(root, key, { () throws(TOMLError) in try root.number(key) }) { configuration, value in
      guard value.content > 0, value.content < 86_400 else {
        configuration.note(
          TOMLError(
            "`\(key)` must be more than 0 and less than a day, in seconds",
            at: root[key]?.position ?? root.position))
        return
      }
      configuration[keyPath: path] = value
    }
  }

  private mutating func takeKeys(_ root: TOMLTable) {
    let table: TOMLTable?
    do throws(TOMLError) {
      table = try root.table("keys")
    } catch {
      note(error)
      return
    }
    guard let table else { return }
    for error in table.unknownKeys(known: KeyBindings.names) { note(error) }
    for entry in table.entries where KeyBindings.names.contains(entry.key.name) {
      let texts: [(String, TOMLPosition)]
      switch entry.value.kind {
      case .string(let text): texts = [(text, entry.value.position)]
      default:
        do throws(TOMLError) {
          texts = (try table.strings(entry.key.name) ?? []).map { ($0.text, $0.position) }
        } catch {
          note(error)
          continue
        }
      }
      var keys: [Key] = []
      for (text, position) in texts {
        if let key = Key(named: text) {
          keys.append(key)
        } else {
          note(TOMLError("`\(text)` is no key: write `x`, `ctrl-x`, `F5`, `space`, `PgDn`", at: position))
        }
      }
      guard keys.count == texts.count else { continue }
      let taken = bindings.bind(entry.key.name, to: keys)
      for (key, command) in taken {
        note(TOMLError("the key `\(key)` is taken by “\(command)”", at: entry.value.position))
      }
      if taken.isEmpty { boundLines[entry.key.name] = entry.key.position.line }
    }
  }

  private mutating func note(_ error: TOMLError) {
    let meant = error.suggestion.map { ": did you mean `\($0)`?" } ?? ""
    problems.append(Trouble("\(file):\(error.line):\(error.column): \(error.message)\(meant)"))
  }
}

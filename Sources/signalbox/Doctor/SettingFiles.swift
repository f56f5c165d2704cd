import Diagnosis
import Glibc
import Migrations

/// The files that libpq takes settings from, found where libpq finds them.
enum SettingFiles {
  /// What sets a connection's settings beside its address.
  ///
  /// - Parameters:
  ///   - given: the settings that the address names.
  ///   - origin: where the address comes from.
  static func sources(
    given: [String: String], origin: SettingOrigin?, isReadOnly: Bool, fileSystem: FileSystem = .local,
    variable: (String) -> String? = Environment.variable
  ) -> SettingSources {
    let names = SettingSources.variables.values
    let environment = Dictionary(
      names.compactMap { name in variable(name).map { (name, $0) } }, uniquingKeysWith: { first, _ in first })
    return SettingSources(
      address: origin, given: given, added: isReadOnly ? ["options"] : [], environment: environment,
      serviceFiles: servicePaths(variable).compactMap { path in
        text(path, fileSystem).map { ServiceFile(parsing: $0, path: path) }
      },
      passwordFile: passwordFile(given, fileSystem, variable))
  }

  /// "The Connection Service File" in libpq's documentation: the user's own file, then that of the system.
  private static func servicePaths(_ variable: (String) -> String?) -> [String] {
    var paths: [String] = []
    if let file = variable("PGSERVICEFILE") {
      paths.append(file)
    } else if let home = variable("HOME") {
      paths.append(home + "/.pg_service.conf")
    }
    let system = variable("PGSYSCONFDIR") ?? "/etc/postgresql-common"
    return paths + [system + "/pg_service.conf"]
  }

  private static func passwordFile(
    _ given: [String: String], _ fileSystem: FileSystem, _ variable: (String) -> String?
  ) -> PasswordFile? {
    let path = given["passfile"] ?? variable("PGPASSFILE") ?? variable("HOME").map { $0 + "/.pgpass" }
    guard let path, let text = text(path, fileSystem) else { return nil }
    var status = stat()
    let isOpen = stat(path, &status) == 0 && status.st_mode & 0o077 != 0
    return PasswordFile(parsing: text, path: path, isOpenToOthers: isOpen)
  }

  /// A file's text; nil for one that is not there or cannot be read, which libpq passes over as well.
  private static func text(_ path: String, _ fileSystem: FileSystem) -> String? {
    guard fileSystem.kind(path) == .file else { return nil }
    do throws(FileSystemError) {
      return String(decoding: try fileSystem.read(path), as: UTF8.self)
    } catch {
      return nil
    }
  }
}

/// Paths as text: `/` between names, empty for the directory that they are relative to.
enum Path {
  static func join(_ directory: String, _ name: String) -> String {
    if directory.isEmpty { return name }
    if name.isEmpty { return directory }
    return directory.hasSuffix("/") ? directory + name : directory + "/" + name
  }

  /// The last name of a path.
  static func lastName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The directory that holds the last name; empty if there is only one name.
  static func parent(_ path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
  }

  /// The name without an ending, or nil if it does not end so.
  static func withoutEnding(_ name: String, _ ending: String) -> String? {
    name.hasSuffix(ending) && name.utf8.count > ending.utf8.count
      ? String(name.dropLast(ending.count)) : nil
  }
}

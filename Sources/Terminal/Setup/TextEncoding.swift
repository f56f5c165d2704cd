import CNcurses
import Glibc

/// Which characters the terminal's side can show, as the locale says.
enum TextEncoding: Sendable, Hashable {
  case utf8
  case ascii

  /// Sets the process's character type from the environment and tells what it is.
  ///
  /// Where nothing names a locale (a container, a bare service), `C.UTF-8` is taken: the terminal at the other end is a
  /// present-day one. A locale that was chosen, such as `LC_ALL=C`, is respected.
  static func adopt(environment: [String: String]) -> TextEncoding {
    let isChosen = ["LC_ALL", "LC_CTYPE", "LANG"].contains { !(environment[$0] ?? "").isEmpty }
    if setlocale(LC_CTYPE, isChosen ? "" : "C.UTF-8") == nil { setlocale(LC_CTYPE, "C") }
    guard let codeset = nl_langinfo(nl_item(CODESET)) else { return .ascii }
    return String(cString: codeset) == "UTF-8" ? .utf8 : .ascii
  }
}
